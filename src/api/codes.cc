#include "core/codes.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/api.h"
#include "api/binder.h"
#include "core/accounts.h"
#include "core/shapes.h"
#include "http/forms.h"
#include "http/json_body.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;

constexpr std::size_t kLargestPage = 100, kUsualPage = 20;

CodeDraft BindDraft(Binder& binder) {
    CodeDraft draft;
    draft.role = binder.MaybeText("role");
    draft.task_group = binder.MaybeText("task_group");
    draft.max_uses = binder.MaybeNumber("max_uses");
    draft.expires_days = binder.MaybeNumber("expires_days");
    draft.expires_at = binder.MaybeText("expires_at");
    draft.starts_at = binder.MaybeText("starts_at");
    draft.label = binder.MaybeText("label");
    draft.email = binder.MaybeText("email");
    draft.name = binder.MaybeText("name");
    draft.notes = binder.MaybeText("notes");
    draft.welcome = binder.MaybeText("welcome");
    draft.template_name = binder.MaybeText("template");
    draft.account_days = binder.MaybeNumber("account_days");
    draft.aircraft_roles = binder.MaybeAircraftRoles("aircraft_roles");
    draft.email_domains = binder.MaybeTexts("email_domains");
    draft.tags = binder.MaybeTexts("tags");
    return draft;
}

CodeId IdOf(const Request& request) { return ParseInt(request.PathValue("id")).value_or(0); }

std::string ETagOf(const Code& code) {
    return fmt::format("\"{}-{}\"", code.version, code.used_count);
}

// The version in an If-Match header; uses do not count as a change of the code.
std::optional<std::int64_t> ExpectedVersion(const Request& request) {
    std::string_view tag = request.HeaderValue("if-match");
    if (tag.empty() || tag == "*") return std::nullopt;
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag.starts_with('"')) tag.remove_prefix(1);
    return ParseInt(tag.substr(0, tag.find_first_of("-\""))).value_or(-1);
}

Response CodeAnswer(const World& world, const Code& code, int status, std::string_view what) {
    const std::string shape = CodeJson(world.config, code, world.clock.Now(), Secrets::kShown);
    return Json(status,
                fmt::format(R"({{"success":true,"message":{},"data":{}}})",
                            JsonText(fmt::format("Invite code {}: {}", what,
                                                 IsRedacted(code) ? ShortName(code) : code.shown)),
                            shape))
        .With("ETag", ETagOf(code));
}

// A body that may be left out altogether.
Result<json::object> OptionalBody(const Request& request) {
    if (request.body.empty()) return json::object{};
    return ReadJsonBody(request);
}

Result<std::size_t> PageSize(const Fields& query) {
    const std::string_view typed = query.Get("page_size");
    if (typed.empty()) return kUsualPage;
    const auto size = ParseInt(typed);
    if (!size || *size < 1 || *size > static_cast<std::int64_t>(kLargestPage))
        return InvalidFields(
            {{"page_size", "page_size.invalid", "page_size is a number from 1 to 100"}});
    return static_cast<std::size_t>(*size);
}

Result<CodeOrder> OrderOf(const Fields& query) {
    const std::string_view typed = query.Get("ordering");
    if (typed.empty() || typed == "-created_at") return CodeOrder::kNewest;
    if (typed == "created_at") return CodeOrder::kOldest;
    if (typed == "expires_at") return CodeOrder::kSoonestExpiry;
    if (typed == "-used_count") return CodeOrder::kMostUsed;
    if (typed == "-last_used_at") return CodeOrder::kRecentlyUsed;
    if (typed == "label") return CodeOrder::kLabel;
    return InvalidFields({{"ordering", "ordering.unknown",
                           "ordering is one of: -created_at, created_at, expires_at, -used_count, "
                           "-last_used_at, label"}});
}

Result<void> RefuseUnknownFilters(const Fields& query) {
    std::vector<FieldError> errors;
    for (const auto& [name, value] : query.all()) {
        constexpr std::string_view kKnown[] = {"role",       "task_group", "status",   "search",
                                               "created_by", "tag",        "template", "ordering",
                                               "page_size",  "cursor",     "count"};
        if (errors.size() < 20 &&
            std::find(std::begin(kKnown), std::end(kKnown), name) == std::end(kKnown))
            errors.push_back({name.substr(0, 100), "field.unknown", "There is no such filter"});
    }
    if (errors.empty()) return {};
    return InvalidFields(std::move(errors));
}

Result<CodeQuery> QueryOf(const Request& request, const World& world) {
    const Fields query = request.Query();
    TRY(RefuseUnknownFilters(query));
    CodeQuery codes;
    codes.scope = ScopeOf(*request.actor, world);
    codes.role = query.Get("role");
    codes.task_group = query.Get("task_group");
    codes.status = query.Get("status");
    codes.search = query.Get("search");
    codes.created_by = query.Get("created_by");
    codes.tag = query.Get("tag");
    codes.order = TRY(OrderOf(query));
    codes.cursor = query.Get("cursor");
    codes.strange_cursor = StrangeCursor::kRefuse;
    codes.page_size = TRY(PageSize(query));
    codes.count = query.Get("count") == "true" || query.Get("count") == "1";
    return codes;
}

std::string LinkTo(const Request& request, const World& world, std::string_view cursor) {
    std::string query;
    const Fields fields = request.Query();
    for (const auto& [name, value] : fields.all())
        if (name != "cursor") query += EncodeQueryValue(name) + "=" + EncodeQueryValue(value) + "&";
    return world.config.BaseUrl() + request.path + "?" + query +
           "cursor=" + EncodeQueryValue(cursor);
}

std::string NullOrText(const std::string& text) { return text.empty() ? "null" : JsonText(text); }

}  // namespace

Result<Response> CodeCreate(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    const json::object body = TRY(OptionalBody(request));
    Binder binder(body);
    CodeDraft draft = BindDraft(binder);
    draft.code = binder.MaybeText("code");
    TRY(binder.Finish());
    const Code code = TRY(CreateCode(permit, world, ApiRules(*request.actor, world), draft));
    return CodeAnswer(world, code, 201, "created");
}

Result<Response> CodeList(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    const CodePage page = TRY(ListCodes(permit, world, TRY(QueryOf(request, world))));
    std::vector<std::string> shapes;
    for (const Code& code : page.codes)
        shapes.push_back(CodeJson(world.config, code, world.clock.Now(), Secrets::kShown));
    std::string bounds;
    if (page.total) bounds += fmt::format(R"(,"count":{})", *page.total);
    if (page.total_is_at_least) bounds += R"(,"count_is_at_least":true)";
    if (page.searched_newest)
        bounds += fmt::format(R"(,"searched_newest":{})", *page.searched_newest);
    std::string body =
        fmt::format(R"({{"results":{},"next":{},"previous":{}{}}})", JsonList(shapes),
                    NullOrText(page.next), NullOrText(page.previous), bounds);
    Response response = Json(200, std::move(body));
    std::vector<std::string> links;
    if (!page.next.empty())
        links.push_back("<" + LinkTo(request, world, page.next) + ">; rel=\"next\"");
    if (!page.previous.empty())
        links.push_back("<" + LinkTo(request, world, page.previous) + ">; rel=\"prev\"");
    if (!links.empty()) response.With("Link", Join(links, ", "));
    return response;
}

Result<Response> CodeGet(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    const Code code = TRY(GetCode(permit, world, ScopeOf(*request.actor, world), IdOf(request)));
    return Json(200, CodeJson(world.config, code, world.clock.Now(), Secrets::kShown))
        .With("ETag", ETagOf(code));
}

Result<Response> CodePatch(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    const json::object body = TRY(ReadJsonBody(request));
    Binder binder(body);
    CodeDraft draft = BindDraft(binder);
    draft.is_active = binder.MaybeFlag("is_active");
    TRY(binder.Finish());
    return CodeAnswer(world,
                      TRY(EditCode(permit, world, ApiRules(*request.actor, world), IdOf(request),
                                   draft, ExpectedVersion(request))),
                      200, "updated");
}

Result<Response> CodeDelete(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    TRY(DeleteCode(permit, world, ApiRules(*request.actor, world), IdOf(request)));
    Response gone;
    gone.status = 204;
    gone.content_type.clear();
    return gone;
}

Result<Response> CodeRevoke(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    return CodeAnswer(
        world, TRY(RevokeCode(permit, world, ApiRules(*request.actor, world), IdOf(request))), 200,
        "revoked");
}

Result<Response> CodeReactivate(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    const json::object body = TRY(OptionalBody(request));
    Binder binder(body);
    CodeDraft draft;
    draft.max_uses = binder.MaybeNumber("max_uses");
    draft.expires_days = binder.MaybeNumber("expires_days");
    draft.expires_at = binder.MaybeText("expires_at");
    TRY(binder.Finish());
    const Code code =
        TRY(ReactivateCode(permit, world, ApiRules(*request.actor, world), IdOf(request), draft));
    return CodeAnswer(world, code, 200, "reactivated");
}

namespace {

Result<std::string> ReasonOf(const Request& request) {
    const json::object body = TRY(OptionalBody(request));
    Binder binder(body);
    std::string reason = binder.Text("reason");
    TRY(binder.Finish());
    if (!IsCleanText(reason, Lines::kMany) || CountCharacters(reason) > 1000)
        return InvalidFields(
            {{"reason", "reason.invalid", "A reason has at most 1000 characters"}});
    return reason;
}

}  // namespace

Result<Response> CodeApprove(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesApprove>());
    const std::string reason = TRY(ReasonOf(request));
    return CodeAnswer(
        world, TRY(ApproveCode(permit, world, IdOf(request), reason, ExpectedVersion(request))),
        200, "approved");
}

Result<Response> CodeReject(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesApprove>());
    const std::string reason = TRY(ReasonOf(request));
    return CodeAnswer(
        world, TRY(RejectCode(permit, world, IdOf(request), reason, ExpectedVersion(request))), 200,
        "rejected");
}

Result<Response> CodeRedemptions(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    const Fields query = request.Query();
    const std::size_t size = TRY(PageSize(query));
    const auto after = query.Get("cursor").empty() ? std::optional<std::int64_t>(0)
                                                   : ParseInt(query.Get("cursor"));
    if (!after || *after < 0)
        return InvalidFields(
            {{"cursor", "cursor.invalid", "This cursor came from no page of ours"}});
    auto redemptions = TRY(RedemptionsOf(permit, world, ScopeOf(*request.actor, world),
                                         IdOf(request), *after, size + 1));
    const bool more = redemptions.size() > size;
    if (more) redemptions.pop_back();
    std::vector<std::string> shapes;
    for (const Redemption& redemption : redemptions) shapes.push_back(RedemptionJson(redemption));
    return Json(200, fmt::format(R"({{"results":{},"next":{}}})", JsonList(shapes),
                                 more ? JsonText(std::to_string(redemptions.back().id)) : "null"));
}

Result<Response> CodeAircraftRolePut(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    const json::object body = TRY(ReadJsonBody(request));
    Binder binder(body);
    const std::string role = binder.Text("role");
    TRY(binder.Finish());
    const Code code =
        TRY(SetCodeAircraftRole(permit, world, ApiRules(*request.actor, world), IdOf(request),
                                request.PathValue("registration"), role));
    return CodeAnswer(world, code, 200, "updated");
}

Result<Response> CodeAircraftRoleDelete(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    TRY(RemoveCodeAircraftRole(permit, world, ApiRules(*request.actor, world), IdOf(request),
                               request.PathValue("registration")));
    Response gone;
    gone.status = 204;
    gone.content_type.clear();
    return gone;
}

Result<Response> CodeExplain(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesExplain>());
    const Fields query = request.Query();
    if (!query.Find("code"))
        return InvalidFields({{"code", "code.required", "Say which code: ?code=ABC12345"}});
    const Explanation answer =
        TRY(ExplainCode(permit, world, ScopeOf(*request.actor, world), query.Get("code")));
    json::array suggestions;
    for (const Code& near : answer.suggestions) suggestions.push_back(json::string(near.shown));
    json::object shape;
    shape["found"] = answer.found;
    shape["usable"] = answer.usable;
    shape["reason"] = answer.reason;
    shape["sentence"] = answer.sentence;
    shape["suggestions"] = std::move(suggestions);
    if (answer.code) shape["id"] = answer.code->id;
    return Json(200, json::serialize(shape));
}

}  // namespace ostiary::api
