#include "core/registration.h"

#include <fmt/format.h>

#include "api/answers.h"
#include "api/api.h"
#include "api/binder.h"
#include "core/accounts.h"
#include "core/codes.h"
#include "core/shapes.h"
#include "core/tokens.h"
#include "http/json_body.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;

std::string TextOrNull(const std::optional<Millis>& at) {
    return at ? JsonText(FormatRfc3339(*at)) : "null";
}

}  // namespace

Result<Response> Validate(const Request& request, World& world) {
    TRY(KnowOnly(request, {}));
    const json::object body = TRY(ReadFormOrJson(request));
    Binder binder(body);
    const std::string typed = binder.Text("code");
    TRY(binder.Finish());
    const Millis now = world.clock.Now();
    const auto code = IsCleanText(typed, Lines::kOne) ? world.store.Peek(NormalizeCode(typed), now)
                                                      : std::nullopt;
    if (!code || !IsUsable(StatusAt(*code, now))) {
        Response response = Json(200, R"({"valid":false,"error":"Invalid invite code"})");
        response.guess = Guess::kMissed;
        return response;
    }
    return Json(
        200,
        fmt::format(
            R"({{"valid":true,"role":{},"task_group":{},"email":{},"name":{},"expires_at":{}}})",
            JsonText(code->role), JsonText(code->task_group), JsonText(code->email),
            JsonText(code->name), TextOrNull(code->expires_at)));
}

Result<Response> RegisterAccount(const Request& request, World& world) {
    TRY(KnowOnly(request, {}));
    const json::object body = TRY(ReadFormOrJson(request));
    Binder binder(body);
    RegistrationForm form;
    form.presented.code = binder.Text("invite_code");
    form.username = binder.Text("username");
    form.email = binder.Text("email");
    form.password = binder.Text("password");
    form.password_confirm = binder.MaybeText("password_confirm").value_or(form.password);
    const std::string first = binder.Text("first_name"), last = binder.Text("last_name");
    form.name = binder.MaybeText("name").value_or(
        first + (first.empty() || last.empty() ? "" : " ") + last);
    form.time_zone = binder.Text("time_zone");
    TRY(binder.Finish());
    form.idempotency_key = request.HeaderValue("idempotency-key");
    form.user_agent = request.HeaderValue("user-agent");
    const Registered made = TRY(Register(world, request.MakeOrigin(), form, SignIn::kNo));
    const std::string user = AccountJson({made.account, made.aircraft_access}, world.clock.Now());
    return Tell(201, "Account created: " + made.account.username, R"({"user":)" + user + "}");
}

Result<Response> AuthToken(const Request& request, World& world) {
    TRY(KnowOnly(request, {}));
    const json::object body = TRY(ReadFormOrJson(request));
    Binder binder(body);
    const std::string username = binder.Text("username"), password = binder.Text("password");
    binder.MaybeText(
        "otp");  // the second factor comes with its own issue; a client may send it already
    TRY(binder.Finish());
    const FreshToken fresh = TRY(ExchangePassword(world, request.MakeOrigin(), username, password));
    std::vector<std::string> scopes;
    for (const std::string& scope : fresh.row.scopes) scopes.push_back(JsonText(scope));
    return Json(200,
                fmt::format(R"({{"token":{},"expires_at":{},"scopes":{}}})", JsonText(fresh.token),
                            TextOrNull(fresh.row.expires_at), JsonList(scopes)));
}

}  // namespace ostiary::api
