// Redeeming for another application (API-3).

#include <fmt/format.h>

#include "api/answers.h"
#include "api/api.h"
#include "api/binder.h"
#include "core/exports.h"
#include "core/registration.h"
#include "core/shapes.h"
#include "http/respond.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;

// A claim waits for its commit together with many others; no thread need stand behind each.
class Redeeming final : public Later {
public:
    Redeeming(World& world, SubjectClaim claim)
        : store_(world.store), meter_(world.meter), claim_(std::move(claim)) {}

    void Start(std::function<void()> ready) override {
        store_.Redeem(std::move(claim_), [this, ready = std::move(ready)](ClaimOutcome outcome) {
            outcome_ = std::move(outcome);
            ready();
        });
    }

    Result<Response> Finish() override {
        const Redemption redemption = TRY(Metered<Redemption>(
            meter_, UsedBy::kApplication, [&] { return std::move(outcome_).Take(); }));
        return Json(redemption.is_repeated ? 200 : 201,
                    fmt::format(R"({{"data":{}}})", RedemptionJson(redemption)));
    }

private:
    Store& store_;
    Meter* const meter_;
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
        world, TRY(ClaimForSubject(permit, world, code, subject, email)));
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

Result<Response> RedemptionsCsv(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    TRY(KnowOnly(request, {"from", "to", "days", "code", "role", "task_group"}));
    const Fields query = request.Query();
    const auto text = [&](std::string_view name) { return std::string(query.Get(name)); };
    const UsageAsked asked{
        {text("from"), text("to"), text("days")}, text("code"), text("role"), text("task_group")};
    const CodeScope scope = ScopeOf(*request.actor, world);
    TRY(UsageQueryOf(world, scope, asked, request.actor->time_zone));
    TextFile file;
    if (request.method != Method::kHead) file = TRY(ExportUsage(permit, world, scope, asked));
    return CsvFile("redemptions.csv", std::move(file));
}

}  // namespace ostiary::api
