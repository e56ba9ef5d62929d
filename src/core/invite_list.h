#pragma once

// Inviting a list of people (BULK-3): one code each, made together as a batch and bound to the
// address. Where mails can be sent, each gets one; a code that waits for approval is not mailed
// before it has it.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/codes.h"
#include "core/mails_model.h"

namespace ostiary {

inline constexpr std::size_t kMostInvited = 1000;  // with one list at once

struct Invitee {
    std::string email, name;  // the name may be empty
};

struct OddEntry {
    std::int64_t line = 0;  // the first is 1
    std::string text;
};

struct InviteeList {
    std::vector<Invitee> people;   // each address once, as it stood first
    std::vector<OddEntry> odd;     // what is no address
    std::int64_t repetitions = 0;  // of addresses that stood there before
};

// What people paste: addresses on lines of their own or several on one, separated by commas,
// semicolons or tabs, each alone, as "Ann <ann@example.org>", or with the name in the cell before
// or after it.
InviteeList ReadInvitees(std::string_view text);

struct InviteRequest {
    // What each of them is invited to. A code is for one person once, so it says nothing of
    // max_uses, email, name and code. With a batch it is not looked at.
    CodeDraft model;
    std::string batch;  // latecomers to these, invited to the same; empty: a new list
    std::vector<Invitee> people;
    std::string words, language;  // of the mails
};

struct SparedInvitee {
    Invitee person;
    std::string reason;  // stable: "account.exists", "invited.already"
    Sentence sentence;
};

struct InviteOutcome {
    std::string batch;
    std::vector<Invitee> invited;  // or those who would be
    std::vector<SparedInvitee> spared;
    Code code;               // what each of them is invited to, without secrets
    bool is_mailed = false;  // whether mails go out
};

// What would come of it, with nothing written. Whoever may look at people is told of those who have
// an account; everybody, of those who hold an unused code within the door's scope. kInvalid
// people.none, people.many, message.long, and what is wrong with the model; kNotFound
// batch.unknown; kConflict batch.ended.
Result<InviteOutcome> PreviewInvitations(Permit<Permission::kCodesWrite>, World&, const DoorRules&,
                                         const InviteRequest&);
// All of those or none. kTooMany mail.often.
Result<InviteOutcome> InvitePeople(Permit<Permission::kCodesWrite>, World&, const DoorRules&,
                                   const InviteRequest&);

// ── What came of it ────────────────────────────────────────────────────────────────────────────

enum class InviteState : std::uint8_t {
    kJoined,
    kFailed,     // the mail did not arrive, or nobody knows
    kOnItsWay,   // the mail is
    kMailed,     // and has not joined
    kNotMailed,  // nothing is on record
    kWaiting,    // for approval
    kEnded,      // nobody can join with the code any more
    kCount
};
std::string_view NameOf(InviteState);  // "joined", …
InviteState StateOf(const Code&, const std::optional<Mail>& latest, Millis now);

struct Invited {
    Code code;
    std::optional<Mail> mail;  // the latest
    InviteState state = InviteState::kNotMailed;
};
// The codes of a batch in the order they were made; empty if there is none such in the scope.
Result<std::vector<Invited>> ListInvited(Permit<Permission::kCodesRead>, World&, const CodeScope&,
                                         std::string_view batch);

// Mails all of the batch who have not joined and to whom none is on its way; how many. kConflict
// mail.off; kInvalid message.long; kTooMany mail.often.
Result<std::size_t> RemindInvited(Permit<Permission::kCodesWrite>, World&, const CodeScope&,
                                  std::string_view batch, std::string_view words,
                                  std::string_view language);

}  // namespace ostiary
