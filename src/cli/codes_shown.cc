#include "cli/codes_shown.h"

#include <fmt/format.h>

#include <ostream>

#include "cli/paging.h"
#include "core/accounts.h"
#include "core/shapes.h"
#include "util/text.h"

namespace ostiary::cli {
namespace {

std::string Moment(const std::optional<Millis>& at, std::string_view otherwise) {
    return at ? FormatRfc3339(*at) : std::string(otherwise);
}

std::string Uses(const Code& code) {
    return fmt::format("{} / {}", code.used_count,
                       code.max_uses ? std::to_string(*code.max_uses) : "∞");
}

std::string Json(Call& call, const Code& code) {
    return CodeJson(call.config, code, call.world().clock.Now(), Secrets::kShown);
}

std::string CreatedBy(const Code& code) {
    return fmt::format("{} at {}", code.created_by, FormatRfc3339(code.created_at));
}

}  // namespace

Row CodeHeadings() {
    return {"ID", "CODE", "STATUS", "USES", "ROLE", "GROUP", "EXPIRES", "CREATED BY", "LABEL"};
}

Row CodeRow(const Code& code, Millis now) {
    return {std::to_string(code.id),
            code.shown,
            std::string(NameOf(StatusAt(code, now))),
            Uses(code),
            code.role,
            code.task_group,
            Moment(code.expires_at, "never"),
            code.created_by,
            code.label};
}

void PrintCode(Call& call, const Code& code) {
    if (call.AsJson()) return call.Say(Json(call, code));
    const Millis now = call.world().clock.Now();
    const std::string days = code.account_days ? std::to_string(*code.account_days) : "";
    PrintFacts(call.terminal.out,
               {{"Code", code.shown},
                {"Link", RegistrationUrl(call.config, code)},
                {"Status", std::string(NameOf(StatusAt(code, now)))},
                {"Uses", Uses(code)},
                {"Label", code.label},
                {"For", code.email},
                {"Name", code.name},
                {"Role", code.role},
                {"Task group", code.task_group},
                {"Aircraft", code.aircraft_roles.empty() ? "" : AccessSummary(code.aircraft_roles)},
                {"Starts", Moment(code.starts_at, "")},
                {"Expires", Moment(code.expires_at, "never")},
                {"Email domains", Join(code.email_domains, ", ")},
                {"Days of account", days},
                {"Tags", Join(code.tags, ", ")},
                {"Notes", code.notes},
                {"Created by", CreatedBy(code)},
                {"Last used", Moment(code.last_used_at, "")},
                {"Approved by", code.approved_by},
                {"Reason", code.approval_reason},
                {"Id", std::to_string(code.id)}});
}

void PrintDone(Call& call, std::string_view done, const Code& code) {
    if (call.AsJson()) return call.Say(Json(call, code));
    call.Say(fmt::format("Invite code {}: {}", done, code.shown));
    switch (StatusAt(code, call.world().clock.Now())) {
        case CodeStatus::kActive:
        case CodeStatus::kWarning:
        case CodeStatus::kScheduled: call.Say("Link: " + RegistrationUrl(call.config, code)); break;
        case CodeStatus::kPending: call.Say("It waits for approval."); break;
        case CodeStatus::kInactive:
        case CodeStatus::kExpired:
        case CodeStatus::kExhausted: break;
    }
}

void PrintExplanation(Call& call, const Explanation& answer) {
    std::vector<std::string> near;
    for (const Code& code : answer.suggestions) near.push_back(code.shown);
    if (!call.AsJson()) {
        call.Say(answer.sentence);
        for (const std::string& shown : near) call.Say("  " + shown);
        return;
    }
    for (std::string& shown : near) shown = JsonText(shown);
    const std::string id = answer.code ? fmt::format(R"(,"id":{})", answer.code->id) : "";
    call.Say(fmt::format(
        R"({{"found":{},"usable":{},"reason":{},"sentence":{},"suggestions":{}{}}})", answer.found,
        answer.usable, JsonText(answer.reason), JsonText(answer.sentence), JsonList(near), id));
}

void PrintRedemptions(Call& call, const std::vector<Redemption>& redemptions) {
    std::vector<Row> rows;
    std::vector<std::string> shapes;
    for (const Redemption& one : redemptions) {
        shapes.push_back(RedemptionJson(one));
        rows.push_back({FormatRfc3339(one.redeemed_at),
                        one.account_name.empty() ? one.subject : one.account_name, one.email,
                        one.role, one.task_group, AccessSummary(one.aircraft_roles)});
    }
    PrintList(call, {"WHEN", "WHO", "EMAIL", "ROLE", "GROUP", "AIRCRAFT"}, rows, shapes, {});
}

}  // namespace ostiary::cli
