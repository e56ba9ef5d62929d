// Many codes with one call.

#include "core/codes_bulk.h"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <ranges>

#include "api/answers.h"
#include "api/api.h"
#include "api/code_drafts.h"
#include "core/accounts.h"
#include "core/bulk_jobs.h"
#include "http/json_body.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;

constexpr std::size_t kMostNamed = 1'000;

struct Action {
    std::string_view name;
    std::optional<BulkDeed> deed;  // nothing: making them
};
constexpr std::array kActions = {
    Action{"create", std::nullopt},      Action{"edit", BulkDeed::kEdit},
    Action{"revoke", BulkDeed::kRevoke}, Action{"reactivate", BulkDeed::kReactivate},
    Action{"delete", BulkDeed::kDelete},
};

Result<Action> ActionOf(Binder& binder) {
    const std::string name = binder.Text("action");
    for (const Action& action : kActions)
        if (action.name == name) return action;
    return InvalidFields({{"action", "action.unknown",
                           "action is one of: create, edit, revoke, reactivate, delete"}});
}

// Fields that belong to no action at all are named as well.
Error WrongAction(Binder& binder, const Error& error) {
    BindNewCode(binder);
    for (const std::string_view other :
         {"ids", "filter", "fields", "count", "expected", "dry_run", "as_job"})
        binder.Skip(other);
    const auto rest = binder.Finish();
    if (rest.ok()) return error;
    Error both = error;
    for (const FieldError& wrong : rest.error().fields)
        if (wrong.field != "action") both.fields.push_back(wrong);
    return both;
}

Response Answer(const BulkOutcome& outcome) {
    json::array skipped;
    for (const SparedCode& spared : outcome.spared | std::views::take(kMostNamed))
        skipped.push_back({{"id", spared.id},
                           {"reason", spared.reason},
                           {"details", static_cast<const std::string&>(spared.sentence)}});
    json::object shape;
    shape["matched"] = outcome.chosen;
    shape["changed"] = outcome.chosen - outcome.spared.size();
    shape["skipped"] = std::move(skipped);
    shape["ids"] = json::array(outcome.changed.begin(), outcome.changed.end());
    shape["batch"] = outcome.batch.empty() ? json::value(nullptr) : json::value(outcome.batch);
    shape["job"] = nullptr;
    return Json(200, json::serialize(shape));
}

// A member that is an object of its own, whose wrong fields are named by theirs.
template <class Bind>
Result<void> Within(const json::object& body, std::string_view name, Bind bind) {
    const json::value* value = body.if_contains(name);
    if (!value) return {};
    if (!value->is_object())
        return InvalidFields({{std::string(name), "type.wrong", "This field must be an object"}});
    Binder binder(value->get_object());
    bind(binder);
    return binder.Finish();
}

Result<BulkEdit> EditOf(const json::object& body) {
    BulkEdit edit;
    TRY(Within(body, "fields", [&](Binder& fields) {
        edit.max_uses = fields.MaybeNumber("max_uses");
        edit.expires_days = fields.MaybeNumber("expires_days");
        edit.expires_at = fields.MaybeText("expires_at");
        edit.starts_at = fields.MaybeText("starts_at");
        edit.account_days = fields.MaybeNumber("account_days");
        edit.role = fields.MaybeText("role");
        edit.task_group = fields.MaybeText("task_group");
        edit.label = fields.MaybeText("label");
        edit.notes = fields.MaybeText("notes");
        edit.welcome = fields.MaybeText("welcome");
        edit.add_tags = fields.MaybeTexts("add_tags").value_or(std::vector<std::string>{});
        edit.remove_tags = fields.MaybeTexts("remove_tags").value_or(std::vector<std::string>{});
    }));
    const json::value* fields = body.if_contains("fields");
    if (!fields || fields->get_object().empty())
        return InvalidFields(
            {{"fields", "fields.required", "Say what shall change: {\"max_uses\": 5}"}});
    return edit;
}

// By id, or all that a filter finds; one of the two.
Result<CodeChoice> ChoiceOf(const json::object& body) {
    CodeChoice choice;
    const json::value* ids = body.if_contains("ids");
    if ((ids != nullptr) == body.contains("filter"))
        return InvalidFields(
            {{"ids", "choice.required", "Say which codes: either ids or a filter"}});
    if (ids) {
        const json::array* list = ids->if_array();
        for (const json::value& one : list ? *list : json::array{})
            if (const auto id = WholeNumber(one); id && *id > 0) choice.ids.push_back(*id);
        if (!list || choice.ids.size() != list->size() || choice.ids.empty())
            return InvalidFields(
                {{"ids", "ids.invalid", "ids is a list of the numbers of codes: [12, 15]"}});
        return choice;
    }
    TRY(Within(body, "filter", [&](Binder& filter) { choice.all = BindFilter(filter); }));
    return choice;
}

// Begun, and nothing done yet.
Response Answer(const BulkJob& job) {
    json::object shape;
    shape["matched"] = job.chosen;
    shape["changed"] = 0;
    shape["skipped"] = json::array();
    shape["ids"] = json::array();
    shape["batch"] = nullptr;
    shape["job"] = job.id;
    return Json(202, json::serialize(shape));
}

Result<Response> Create(const Request& request, World& world, Binder& binder) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    const auto typed = binder.MaybeNumber("count");
    const bool is_dry = binder.MaybeFlag("dry_run").value_or(false);
    const CodeDraft draft = BindNewCode(binder);
    TRY(binder.Finish());
    const auto count = ParseInt(typed.value_or("1"));
    const std::size_t wanted = count && *count > 0 ? static_cast<std::size_t>(*count) : 0;
    const DoorRules rules = ApiRules(*request.actor, world);
    const BulkOutcome outcome = TRY(is_dry ? PreviewCreate(permit, world, rules, draft, wanted)
                                           : CreateCodes(permit, world, rules, draft, wanted));
    return Answer(outcome);
}

}  // namespace

Result<Response> CodesBulk(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    const json::object body = TRY(BodyOf(request));
    Binder binder(body);
    const auto known = ActionOf(binder);
    if (!known.ok()) return WrongAction(binder, known.error());
    const Action action = known.value();
    if (!action.deed) return Create(request, world, binder);
    const bool is_edit = action.deed == BulkDeed::kEdit;
    for (const std::string_view own : {"ids", "filter"}) binder.Skip(own);
    if (is_edit) binder.Skip("fields");
    const bool is_dry = binder.MaybeFlag("dry_run").value_or(false);
    const bool as_job = binder.MaybeFlag("as_job").value_or(false);
    const auto expected = binder.MaybeNumber("expected");
    TRY(binder.Finish());
    CodeChoice choice = TRY(ChoiceOf(body));
    if (expected && !expected->empty()) choice.expected = ParseInt(*expected).value_or(-1);
    const BulkEdit edit = is_edit ? TRY(EditOf(body)) : BulkEdit{};
    const DoorRules rules = ApiRules(*request.actor, world);
    if (is_dry) return Answer(TRY(PreviewBulk(permit, world, rules, choice, *action.deed, edit)));
    choice = TRY(ResolveChoice(permit, world, rules, choice));
    if (as_job || choice.ids.size() > kMostCodesAtOnce)
        return Answer(TRY(StartBulk(permit, world, rules, choice, *action.deed, edit, 0)));
    return Answer(TRY(RunBulk(permit, world, rules, choice, *action.deed, edit)));
}

}  // namespace ostiary::api
