#include "pages/words.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#include "core/events.h"
#include "pages/language.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

struct NoticeRow {
    NoticeKind kind;
    std::string_view sentence;
};

// clang-format off
constexpr std::array kNotices = {
    NoticeRow{NoticeKind::kCodeCreated,         N("{} is ready. Hand out the code or its link.")},
    NoticeRow{NoticeKind::kCodeCreatedPending,  N("{} was created and waits for approval. "
                                                "Nobody can join with it until an administrator approves it.")},
    NoticeRow{NoticeKind::kCodeSaved,           N("Your changes to {} are saved. They apply to whoever joins from now on.")},
    NoticeRow{NoticeKind::kCodeSwitchedOff,     N("{} is switched off. Nobody can join with it any more.")},
    NoticeRow{NoticeKind::kCodeSwitchedOn,      N("{} is active again.")},
    NoticeRow{NoticeKind::kCodeDeleted,         N("{} is deleted. Accounts that joined with it are untouched.")},
    NoticeRow{NoticeKind::kCodeApproved,        N("{} is approved and can be used now.")},
    NoticeRow{NoticeKind::kCodeRejected,        N("{} is rejected. Nobody can join with it.")},
    NoticeRow{NoticeKind::kCodeExtended,        N("{} works longer now.")},
    NoticeRow{NoticeKind::kCodesSwitchedOff,    N("Switched off: {}. Nobody can join with them any more.")},
    NoticeRow{NoticeKind::kCodesSwitchedOn,     N("Switched on again: {}.")},
    NoticeRow{NoticeKind::kCodesSaved,          N("Changed: {}. The changes apply to whoever joins from now on.")},
    NoticeRow{NoticeKind::kCodesDeleted,        N("Deleted: {}. Accounts that joined with them are untouched.")},
    NoticeRow{NoticeKind::kCodesPutBack,        N("Undone: {} as before.")},
    NoticeRow{NoticeKind::kViewSaved,           N("The view {} is saved. You find it above the list.")},
    NoticeRow{NoticeKind::kViewForgotten,       N("The view {} is removed.")},
    NoticeRow{NoticeKind::kCodesMade,           N("Made: {}. Print them, download them, or copy their links.")},
    NoticeRow{NoticeKind::kTemplateMade,        N("The template {} is made. It stands in every form for a new code.")},
    NoticeRow{NoticeKind::kTemplateSaved,       N("The template {} is saved. Codes already made stay as they are.")},
    NoticeRow{NoticeKind::kTemplateDeleted,     N("The template {} is deleted. Codes already made stay as they are.")},
    NoticeRow{NoticeKind::kCodeAircraftSet,     N("Whoever joins from now on gets this role on {}.")},
    NoticeRow{NoticeKind::kCodeAircraftRemoved, N("Whoever joins from now on gets no role on {}.")},
    NoticeRow{NoticeKind::kProfileSaved,        N("Your profile is saved.")},
    NoticeRow{NoticeKind::kPasswordChanged,     N("Your password is changed. Every other session of yours has ended.")},
    NoticeRow{NoticeKind::kSessionEnded,        N("That session has ended.")},
    NoticeRow{NoticeKind::kOtherSessionsEnded,  N("Every other session of yours has ended.")},
    NoticeRow{NoticeKind::kTokenCreated,        N("The token is made. Copy it now: it is shown this once.")},
    NoticeRow{NoticeKind::kTokenRevoked,        N("The token is revoked. Programs that use it are refused from now on.")},
    NoticeRow{NoticeKind::kAccessAdded,         N("Your access was added: {}.")},
    NoticeRow{NoticeKind::kUserSaved,           N("The account {} is saved.")},
    NoticeRow{NoticeKind::kUserDeactivated,     N("The account {} is deactivated. It cannot log in, and its sessions have ended.")},
    NoticeRow{NoticeKind::kUserReactivated,     N("The account {} is active again.")},
    NoticeRow{NoticeKind::kUserAircraftSet,     N("The role on {} is granted.")},
    NoticeRow{NoticeKind::kUserAircraftRemoved, N("The role on {} is taken away.")},
    NoticeRow{NoticeKind::kAircraftAdded,       N("{} is added.")},
    NoticeRow{NoticeKind::kAircraftRetired,     N("{} is retired. New codes cannot grant it; those who have access keep it.")},
    NoticeRow{NoticeKind::kAircraftSaved,       N("{} is saved.")},
    NoticeRow{NoticeKind::kAircraftReturned,    N("{} is back in service. Codes can grant it again.")},
    NoticeRow{NoticeKind::kPasswordReset,       N("Your new password is set. Log in with it.")},
    NoticeRow{NoticeKind::kResetLinkWithdrawn,  N("The password reset link of {} does not work any more.")},
    NoticeRow{NoticeKind::kRowAdded,            N("The row is added.")},
    NoticeRow{NoticeKind::kRowSaved,            N("The row is saved.")},
    NoticeRow{NoticeKind::kRowRemoved,          N("The row is removed.")},
    NoticeRow{NoticeKind::kLoggedOut,           N("You are logged out.")},
    NoticeRow{NoticeKind::kRefused,             N("{}")},
    NoticeRow{NoticeKind::kWebhookCreated,      N("The webhook is made. Copy its secret now: it is shown this once.")},
    NoticeRow{NoticeKind::kWebhookSaved,        N("The webhook {} is saved.")},
    NoticeRow{NoticeKind::kWebhookSwitchedOff,  N("The webhook {} is switched off. Nothing is sent there any more.")},
    NoticeRow{NoticeKind::kWebhookSwitchedOn,   N("The webhook {} is switched on. What happens from now on is sent.")},
    NoticeRow{NoticeKind::kWebhookSecretMade,   N("The new secret is made. Copy it now: it is shown this once, and the old one signs for 24 more hours.")},
    NoticeRow{NoticeKind::kWebhookTested,       N("A test event is on its way. Reload this page to see what came of it.")},
    NoticeRow{NoticeKind::kWebhookReplayed,     N("Sent again: {}.")},
    NoticeRow{NoticeKind::kWebhookDeleted,      N("The webhook {} is deleted.")},
    NoticeRow{NoticeKind::kInvitationMailed,    N("The invitation to {} is on its way. Reload this page to see whether it was sent.")},
    NoticeRow{NoticeKind::kPeopleInvited,       N("Invited: {}. This page shows who has joined.")},
    NoticeRow{NoticeKind::kPeopleReminded,      N("On its way: {}.")},
    NoticeRow{NoticeKind::kAlertAcknowledged,   N("“{}” is acknowledged. It comes back only if it gets worse or happens anew.")},
    NoticeRow{NoticeKind::kAlertSnoozed,        N("“{}” is snoozed and comes back by itself.")},
    NoticeRow{NoticeKind::kCodesHandedOver,     N("The account is deactivated, and the codes are {}’s now.")},
    NoticeRow{NoticeKind::kCodesHandedOverWaiting, N("The account is deactivated, and the codes are {}’s now. Those they may not grant wait for approval.")},
    NoticeRow{NoticeKind::kCodesPartlyHandedOver, N("The account is deactivated. Codes that could not be handed over, because nothing is approved here: {}.")},
    NoticeRow{NoticeKind::kRequestMailed,       N("Accepted. The invitation is on its way to {}.")},
    NoticeRow{NoticeKind::kRequestDeclined,     N("The request of {} is declined.")},
};
// clang-format on

consteval bool EveryNoticeHasOneRowInOrder() {
    if (kNotices.size() != static_cast<std::size_t>(NoticeKind::kCount)) return false;
    for (std::size_t i = 0; i < kNotices.size(); ++i)
        if (static_cast<std::size_t>(kNotices[i].kind) != i) return false;
    return true;
}
static_assert(EveryNoticeHasOneRowInOrder());

// Other languages may want no article, and translate both to {}.
std::string AOrAn(std::string_view noun) {
    const bool vowel = !noun.empty() &&
                       std::string_view("aeiouAEIOU").find(noun.front()) != std::string_view::npos;
    return vowel ? T("an {}", noun) : T("a {}", noun);
}

[[maybe_unused]] constexpr std::array kMonths = {N("Jan"), N("Feb"), N("Mar"), N("Apr"),
                                                 N("May"), N("Jun"), N("Jul"), N("Aug"),
                                                 N("Sep"), N("Oct"), N("Nov"), N("Dec")};

// "13 Oct 2025" as the language has it.
std::string Translated(std::string_view date) {
    const auto parts = SplitList(date, ' ');
    return T("{} {} {}", parts.at(0), T(parts.at(1)), parts.at(2));
}

std::string AccountsKept(const Code& code) {
    if (code.used_count == 0) return T("Nobody has joined with it yet.");
    if (code.used_count == 1) return T("The one person who already did keeps their account.");
    return T("The {} people who already did keep their accounts.", code.used_count);
}

// What the default catalogue calls things. An organisation's own words are said as they are.
[[maybe_unused]] constexpr std::array kDefaultLabels = {
    N("Staff"),    N("Manager"),     N("Admin"),   N("Viewer"),    N("General"),
    N("Cleaning"), N("Maintenance"), N("Laundry"), N("Lawn/Pool"), N("Owner"),
    N("Pilot"),    N("owner"),       N("pilot"),   N("aircraft"),  N("Aircraft")};

}  // namespace

std::string NoticeSentence(NoticeKind kind, std::string_view subject) {
    return T(kNotices[static_cast<std::size_t>(kind)].sentence, subject);
}

std::string WordOf(CodeStatus status) {
    switch (status) {
        case CodeStatus::kPending: return T("Pending approval");
        case CodeStatus::kInactive: return T("Inactive");
        case CodeStatus::kExpired: return T("Expired");
        case CodeStatus::kExhausted: return T("Exhausted");
        case CodeStatus::kScheduled: return T("Scheduled");
        case CodeStatus::kWarning: return T("Warning");
        case CodeStatus::kActive: return T("Active");
    }
    std::abort();
}

std::string Uses(std::int64_t used, const std::optional<std::int64_t>& most) {
    return most ? fmt::format("{} / {}", used, *most) : fmt::format("{} / ∞", used);
}

std::string UsesInWords(std::int64_t used, const std::optional<std::int64_t>& most) {
    return most ? T("{} of {}", used, TN("{} use", "{} uses", *most))
                : T("{}, unlimited", TN("{} use", "{} uses", used));
}

std::string Ago(Millis then, Millis now) {
    const bool past = then <= now;
    const Millis distance = past ? now - then : then - now;
    if (distance < kMinute) return past ? T("just now") : T("in a moment");
    struct Step {
        Millis below, length;
        Plural ago, to_come;
    };
    constexpr std::array kSteps = {
        Step{kHour, kMinute, NN("{} minute ago", "{} minutes ago"),
             NN("in {} minute", "in {} minutes")},
        Step{kDay, kHour, NN("{} hour ago", "{} hours ago"), NN("in {} hour", "in {} hours")},
        Step{60 * kDay, kDay, NN("{} day ago", "{} days ago"), NN("in {} day", "in {} days")},
        Step{730 * kDay, 30 * kDay, NN("{} month ago", "{} months ago"),
             NN("in {} month", "in {} months")},
        Step{INT64_MAX, 365 * kDay, NN("{} year ago", "{} years ago"),
             NN("in {} year", "in {} years")},
    };
    const Step& step =
        *std::ranges::find_if(kSteps, [&](const Step& s) { return distance < s.below; });
    // What is to come is rounded up, as core's ExpiresInDays does: both stand side by side.
    const Millis count = past ? distance / step.length : (distance + step.length - 1) / step.length;
    return TN(past ? step.ago : step.to_come, count);
}

std::string DayInWords(Millis at, std::string_view time_zone) {
    return Translated(FormatDate(at, time_zone));
}

std::string MomentInWords(Millis at, std::string_view time_zone) {
    const std::string english = FormatForPeople(at, time_zone);
    const auto comma = english.find(',');
    return Translated(english.substr(0, comma)) + english.substr(comma);
}

std::string ExpiresIn(int days) {
    return days <= 1 ? T("expires within a day") : T("expires in {} days", days);
}

std::string GrantsInShort(const Catalogue& catalogue, std::string_view role,
                          std::string_view task_group, const std::vector<AircraftGrant>& aircraft) {
    std::string line = RoleLabel(catalogue, role) + " · " + TaskGroupLabel(catalogue, task_group);
    for (const AircraftGrant& grant : aircraft)
        line += " · " + grant.registration + " " + T(grant.role);
    return line;
}

std::string RoleLabel(const Catalogue& catalogue, std::string_view role) {
    const auto* entry = catalogue.FindRole(role);
    return entry ? T(entry->label) : std::string(role);
}

std::string Labelled(std::string_view name) {
    std::string label(name);
    for (char& c : label)
        if (c == '_') c = ' ';
    if (!label.empty() && label[0] >= 'a' && label[0] <= 'z')
        label[0] = static_cast<char>(label[0] - 32);
    return label;
}

std::vector<EventGroup> EventGroups(const Catalogue& catalogue) {
    std::vector<EventGroup> groups = {
        {"code", T("Codes")},
        {"registration", T("Refused registrations")},
        {"account", T("Accounts")},
        {"access", T("Access")},
        {"session", T("Log-ins and sessions")},
        {"password", T("Passwords")},
        {"token", T("API tokens")},
        {"template", T("Templates")},
        {"aircraft", Labelled(catalogue.aircraft_noun_plural)},
        {"webhook", T("Webhooks")},
        {"audit", T("The log itself")},
        {"mail", T("Mails")},
        {"alert", T("Alerts")},
        {"database", T("Database")},
        {"usage", T("Lists of uses")},
        {"recall", T("Recalls")},
        {"pull", T("Pulls of people")},
        {"request", T("Requests for invitations")},
    };
    for (const EventRow& row : kEventRows) {
        const auto of_it = [&](const EventGroup& group) { return row.name.starts_with(group.key); };
        if (std::ranges::none_of(groups, of_it)) {
            const std::string_view key = row.name.substr(0, row.name.find('.'));
            groups.push_back({key, Labelled(key)});
        }
    }
    return groups;
}

std::string TaskGroupLabel(const Catalogue& catalogue, std::string_view task_group) {
    const auto* entry = catalogue.FindTaskGroup(task_group);
    return entry ? T(entry->label) : std::string(task_group);
}

std::string AircraftRoleLabel(const Catalogue& catalogue, std::string_view role) {
    const auto* entry = catalogue.FindAircraftRole(role);
    return entry ? T(entry->label) : std::string(role);
}

std::string InvitedAs(const Catalogue& catalogue, const Code& code) {
    std::string roles;
    for (std::size_t i = 0; i < code.aircraft_roles.size(); ++i) {
        const AircraftGrant& grant = code.aircraft_roles[i];
        if (i > 0) roles += i + 1 == code.aircraft_roles.size() ? T(" and ") : ", ";
        roles += T("{} of {}", AOrAn(T(grant.role)), grant.registration);
    }
    if (!roles.empty()) return T("as {}", roles);
    const std::string role = RoleLabel(catalogue, code.role);
    if (code.task_group == catalogue.general_group) return T("as {}", role);
    return T("as {} in {}", role, TaskGroupLabel(catalogue, code.task_group));
}

std::string SwitchOffConsequence(const Code& code) {
    return T("Nobody can join with it any more. {}", AccountsKept(code));
}

std::string DeleteConsequence(const Code& code) {
    return T("Its link stops working at once, and it cannot be brought back. {}",
             AccountsKept(code));
}

std::string WhyLocked(const Code& code) {
    if (code.used_count > 0)
        return TN(
            "This code has been used by {} person and is kept for the record, so it can no longer "
            "be edited or deleted. Revoke it and create another one instead.",
            "This code has been used by {} people and is kept for the record, so it can no longer "
            "be edited or deleted. Revoke it and create another one instead.",
            code.used_count);
    return T("This code cannot be edited as it is. Reactivate it first.");
}

ErrorWords WordsFor(int status) {
    switch (status) {
        case 400:
            return {T("That did not work"), T("The request could not be understood."),
                    T("Go back, check what you entered and try again.")};
        case 401:
            return {T("Please log in"), T("This page is for people who are logged in."),
                    T("Log in and you will be taken back here.")};
        case 403:
            return {T("Access denied"), T("You do not have permission to do this."),
                    T("If you should have it, ask an administrator.")};
        case 404:
            return {T("Not found"), T("There is nothing at this address."),
                    T("Check the address, or start from the home page.")};
        case 405:
            return {T("Not possible here"), T("This address does not take that kind of request."),
                    T("Start from the home page.")};
        case 409:
            return {T("That is not possible right now"),
                    T("The state of things does not allow it."),
                    T("Go back, reload the page and look again.")};
        case 412:
            return {T("Changed meanwhile"), T("Somebody changed this while you were at it."),
                    T("Go back, reload the page and make your change again.")};
        case 413:
            return {T("Too large"), T("What was sent is larger than this server takes."),
                    T("Send less at once.")};
        case 429:
            return {T("Too many attempts"), T("There were too many requests in a short time."),
                    T("Wait a little and try again.")};
        case 503:
            return {T("Back in a moment"),
                    T("The server is busy or restarting. Nothing was changed."),
                    T("Try again in a few seconds.")};
        default: break;
    }
    if (status >= 500)
        return {T("Something broke on our side"), T("An unexpected error occurred. It was logged."),
                T("Go back and try again: your browser keeps what you typed. If it happens again, "
                  "tell the administrator the number below.")};
    return {T("That did not work"), T("The request was refused."), T("Go back and try again.")};
}

std::string WithFullStop(std::string_view words) {
    const bool ended = words.empty() || std::string_view(".!?…").find(words.back()) != words.npos;
    return std::string(words) + (ended ? "" : ".");
}

std::string NameOf(const Code& code) { return NameOfCode(code.id, code.label); }

std::string NameOfCode(CodeId id, std::string_view label) {
    const bool is_nameless = label.empty() || label == fmt::format("code {}", id);
    return is_nameless ? T("code {}", id) : std::string(label);
}

std::string EventSentence(const Event& event) {
    const std::string subject = event.subject_name.empty() ? T("it")
                                : event.code_id != 0 ? NameOfCode(event.code_id, event.subject_name)
                                                     : event.subject_name;
    return fmt::format(
        fmt::runtime(T(kEventRows[static_cast<std::size_t>(event.kind)].sentence)),
        fmt::arg("actor", event.actor_name.empty() ? T("Somebody") : event.actor_name),
        fmt::arg("subject", subject));
}

std::string Said(const Sentence& sentence) {
    if (sentence.pattern.empty()) return sentence.empty() ? std::string() : T(sentence);
    fmt::dynamic_format_arg_store<fmt::format_context> arguments;
    for (const std::string& argument : sentence.arguments) arguments.push_back(argument);
    return fmt::vformat(T(sentence.pattern), arguments);
}

}  // namespace ostiary::pages
