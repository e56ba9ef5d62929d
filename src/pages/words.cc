#include "pages/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

namespace ostiary::pages {
namespace {

struct NoticeRow {
    NoticeKind kind;
    std::string_view sentence;
};

// clang-format off
constexpr std::array kNotices = {
    NoticeRow{NoticeKind::kCodeCreated,         "{} is ready. Hand out the code or its link."},
    NoticeRow{NoticeKind::kCodeCreatedPending,  "{} was created and waits for approval: it grants more than you hold. "
                                                "Nobody can join with it until an administrator approves it."},
    NoticeRow{NoticeKind::kCodeSaved,           "Your changes to {} are saved. They apply to whoever joins from now on."},
    NoticeRow{NoticeKind::kCodeSwitchedOff,     "{} is switched off. Nobody can join with it any more."},
    NoticeRow{NoticeKind::kCodeSwitchedOn,      "{} is active again."},
    NoticeRow{NoticeKind::kCodeDeleted,         "{} is deleted. Accounts that joined with it are untouched."},
    NoticeRow{NoticeKind::kCodeApproved,        "{} is approved and can be used now."},
    NoticeRow{NoticeKind::kCodeRejected,        "{} is rejected. Nobody can join with it."},
    NoticeRow{NoticeKind::kCodeAircraftSet,     "Whoever joins from now on gets this role on {}."},
    NoticeRow{NoticeKind::kCodeAircraftRemoved, "Whoever joins from now on gets no role on {}."},
    NoticeRow{NoticeKind::kProfileSaved,        "Your profile is saved."},
    NoticeRow{NoticeKind::kPasswordChanged,     "Your password is changed. Every other session of yours has ended."},
    NoticeRow{NoticeKind::kSessionEnded,        "That session has ended."},
    NoticeRow{NoticeKind::kOtherSessionsEnded,  "Every other session of yours has ended."},
    NoticeRow{NoticeKind::kTokenCreated,        "The token is made. Copy it now: it is shown this once."},
    NoticeRow{NoticeKind::kTokenRevoked,        "The token is revoked. Programs that use it are refused from now on."},
    NoticeRow{NoticeKind::kAccessAdded,         "Your access was added: {}."},
    NoticeRow{NoticeKind::kUserSaved,           "The account {} is saved."},
    NoticeRow{NoticeKind::kUserDeactivated,     "The account {} is deactivated. It cannot log in, and its sessions have ended."},
    NoticeRow{NoticeKind::kUserReactivated,     "The account {} is active again."},
    NoticeRow{NoticeKind::kUserAircraftSet,     "The role on {} is granted."},
    NoticeRow{NoticeKind::kUserAircraftRemoved, "The role on {} is taken away."},
    NoticeRow{NoticeKind::kAircraftAdded,       "{} is added."},
    NoticeRow{NoticeKind::kAircraftRetired,     "{} is retired. New codes cannot grant it; those who have access keep it."},
    NoticeRow{NoticeKind::kLoggedOut,           "You are logged out."},
    NoticeRow{NoticeKind::kRefused,             "{}"},
};
// clang-format on

consteval bool EveryNoticeHasOneRowInOrder() {
    if (kNotices.size() != static_cast<std::size_t>(NoticeKind::kCount)) return false;
    for (std::size_t i = 0; i < kNotices.size(); ++i)
        if (static_cast<std::size_t>(kNotices[i].kind) != i) return false;
    return true;
}
static_assert(EveryNoticeHasOneRowInOrder());

std::string AOrAn(std::string_view noun) {
    const bool vowel = !noun.empty() &&
                       std::string_view("aeiouAEIOU").find(noun.front()) != std::string_view::npos;
    return std::string(vowel ? "an " : "a ") + std::string(noun);
}

std::string AccountsKept(const Code& code) {
    if (code.used_count == 0) return "Nobody has joined with it yet.";
    if (code.used_count == 1) return "The one person who already did keeps their account.";
    return fmt::format("The {} people who already did keep their accounts.", code.used_count);
}

}  // namespace

std::string NoticeSentence(NoticeKind kind, std::string_view subject) {
    std::string sentence(kNotices[static_cast<std::size_t>(kind)].sentence);
    if (const auto gap = sentence.find("{}"); gap != sentence.npos)
        sentence.replace(gap, 2, subject);
    return sentence;
}

std::string_view WordOf(CodeStatus status) {
    switch (status) {
        case CodeStatus::kPending: return "Pending approval";
        case CodeStatus::kInactive: return "Inactive";
        case CodeStatus::kExpired: return "Expired";
        case CodeStatus::kExhausted: return "Exhausted";
        case CodeStatus::kScheduled: return "Scheduled";
        case CodeStatus::kWarning: return "Warning";
        case CodeStatus::kActive: return "Active";
    }
    std::abort();
}

std::string Uses(std::int64_t used, const std::optional<std::int64_t>& most) {
    return most ? fmt::format("{} / {}", used, *most) : fmt::format("{} / ∞", used);
}

std::string UsesInWords(std::int64_t used, const std::optional<std::int64_t>& most) {
    return most ? fmt::format("{} of {}", used, Count(*most, "use", "uses"))
                : fmt::format("{}, unlimited", Count(used, "use", "uses"));
}

std::string Count(std::int64_t n, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", n, n == 1 ? one : many);
}

std::string Ago(Millis then, Millis now) {
    const bool past = then <= now;
    const Millis distance = past ? now - then : then - now;
    if (distance < kMinute) return past ? "just now" : "in a moment";
    struct Step {
        Millis below, length;
        std::string_view one, many;
    };
    constexpr std::array kSteps = {
        Step{kHour, kMinute, "minute", "minutes"}, Step{kDay, kHour, "hour", "hours"},
        Step{60 * kDay, kDay, "day", "days"}, Step{730 * kDay, 30 * kDay, "month", "months"},
        Step{INT64_MAX, 365 * kDay, "year", "years"}};
    const Step& step =
        *std::ranges::find_if(kSteps, [&](const Step& s) { return distance < s.below; });
    // What is to come is rounded up, as core's ExpiresInDays does: both stand side by side.
    const Millis count = past ? distance / step.length : (distance + step.length - 1) / step.length;
    const std::string span = Count(count, step.one, step.many);
    return past ? span + " ago" : "in " + span;
}

std::string ExpiresIn(int days) {
    return days <= 1 ? "expires within a day" : fmt::format("expires in {} days", days);
}

std::string GrantsInShort(const Catalogue& catalogue, std::string_view role,
                          std::string_view task_group, const std::vector<AircraftGrant>& aircraft) {
    std::string line = RoleLabel(catalogue, role) + " · " + TaskGroupLabel(catalogue, task_group);
    for (const AircraftGrant& grant : aircraft)
        line += " · " + grant.registration + " " + grant.role;
    return line;
}

std::string RoleLabel(const Catalogue& catalogue, std::string_view role) {
    const auto* entry = catalogue.FindRole(role);
    return entry ? entry->label : std::string(role);
}

std::string TaskGroupLabel(const Catalogue& catalogue, std::string_view task_group) {
    const auto* entry = catalogue.FindTaskGroup(task_group);
    return entry ? entry->label : std::string(task_group);
}

std::string AircraftRoleLabel(const Catalogue& catalogue, std::string_view role) {
    const auto* entry = catalogue.FindAircraftRole(role);
    return entry ? entry->label : std::string(role);
}

std::string InvitedAs(const Catalogue& catalogue, const Code& code) {
    std::string words;
    for (std::size_t i = 0; i < code.aircraft_roles.size(); ++i) {
        const AircraftGrant& grant = code.aircraft_roles[i];
        words += i == 0 ? "as " : i + 1 == code.aircraft_roles.size() ? " and " : ", ";
        words += AOrAn(grant.role) + " of " + grant.registration;
    }
    if (!words.empty()) return words;
    words = "as " + RoleLabel(catalogue, code.role);
    if (code.task_group != catalogue.general_group)
        words += " in " + TaskGroupLabel(catalogue, code.task_group);
    return words;
}

std::string SwitchOffConsequence(const Code& code) {
    return "Nobody can join with it any more. " + AccountsKept(code);
}

std::string DeleteConsequence(const Code& code) {
    return "Its link stops working at once, and it cannot be brought back. " + AccountsKept(code);
}

std::string WhyLocked(const Code& code) {
    if (code.used_count > 0)
        return fmt::format(
            "This code has been used by {} and is kept for the record, so it can no longer be "
            "edited or "
            "deleted. Revoke it and create another one instead.",
            Count(code.used_count, "person", "people"));
    return "This code cannot be edited as it is. Reactivate it first.";
}

ErrorWords WordsFor(int status) {
    switch (status) {
        case 400:
            return {"That did not work", "The request could not be understood.",
                    "Go back, check what you entered and try again."};
        case 401:
            return {"Please log in", "This page is for people who are logged in.",
                    "Log in and you will be taken back here."};
        case 403:
            return {"Access denied", "You do not have permission to do this.",
                    "If you should have it, ask an administrator."};
        case 404:
            return {"Not found", "There is nothing at this address.",
                    "Check the address, or start from the home page."};
        case 405:
            return {"Not possible here", "This address does not take that kind of request.",
                    "Start from the home page."};
        case 409:
            return {"That is not possible right now", "The state of things does not allow it.",
                    "Go back, reload the page and look again."};
        case 412:
            return {"Changed meanwhile", "Somebody changed this while you were at it.",
                    "Go back, reload the page and make your change again."};
        case 413:
            return {"Too large", "What was sent is larger than this server takes.",
                    "Send less at once."};
        case 429:
            return {"Too many attempts", "There were too many requests in a short time.",
                    "Wait a little and try again."};
        case 503:
            return {"Back in a moment", "The server is busy or restarting. Nothing was changed.",
                    "Try again in a few seconds."};
        default: break;
    }
    if (status >= 500)
        return {"Something broke on our side", "An unexpected error occurred. It was logged.",
                "Go back and try again: your browser keeps what you typed. If it happens again, "
                "tell the administrator the number below."};
    return {"That did not work", "The request was refused.", "Go back and try again."};
}

std::string Sentence(std::string_view words) {
    const bool ended = words.empty() || std::string_view(".!?…").find(words.back()) != words.npos;
    return std::string(words) + (ended ? "" : ".");
}

std::string EventSentence(const Event& event) {
    std::string sentence(kEventRows[static_cast<std::size_t>(event.kind)].sentence);
    const auto fill = [&](std::string_view gap, std::string_view with) {
        if (const auto at = sentence.find(gap); at != sentence.npos)
            sentence.replace(at, gap.size(), with);
    };
    const std::string actor = event.actor_name.empty() ? "Somebody" : event.actor_name;
    fill("{actor}", actor);
    fill("{subject}", event.subject_name.empty() ? "it" : event.subject_name);
    return sentence;
}

}  // namespace ostiary::pages
