// Redeeming for another application (API-3).

#include <fmt/format.h>

#include "api/answers.h"
#include "api/api.h"
#include "api/binder.h"
#include "core/registration.h"
#include "core/shapes.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;

// A claim waits for its commit together with many others; no thread need stand behind each.
class Redeeming final : public Later {
public:
    Redeeming(Store& store, SubjectClaim claim) : store_(store), claim_(std::move(claim)) {}

    void Start(std::function<void()> ready) override {
        store_.Redeem(std::move(claim_), [this, ready = std::move(ready)](ClaimOutcome outcome) {
            outcome_ = std::move(outcome);
            ready();
        });
    }

    Result<Response> Finish() override {
        const Redemption redemption = TRY(std::move(outcome_).Take());
        return Json(redemption.is_repeated ? 200 : 201,
                    fmt::format(R"({{"data":{}}})", RedemptionJson(redemption)));
    }

private:
    Store& store_;
    SubjectClaim claim_;
    ClaimOutcome outcome_;
};

}  // namespace

Result<Response> RedemptionCreate(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kRedeem>());
    const json::object body = TRY(BodyOf(request));
    Binder binder(body);
    const std::string code = binder.Text("code"), subject = binder.Text("subject"),
                      email = binder.Text("email");
    TRY(binder.Finish());
    Response response;
    response.later = std::make_shared<Redeeming>(
        world.store, TRY(ClaimForSubject(permit, world, code, subject, email)));
    return response;
}

Result<Response> RedemptionList(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kRedeem>());
    TRY(KnowOnly(request, {"since", "cursor", "page_size"}));
    const Fields query = request.Query();
    const std::size_t size = TRY(PageSizeOf(query));
    const std::int64_t after = TRY(IdCursorOf(query, query.Find("cursor") ? "cursor" : "since"));
    const auto redemptions = TRY(RedemptionsSince(permit, world, after, size + 1));
    const auto id = [](const Redemption& one) { return std::to_string(one.id); };
    return ShowList(request, world, FirstOf(redemptions, size, RedemptionJson, id));
}

}  // namespace ostiary::api
