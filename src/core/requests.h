#pragma once

// People who ask for an invitation (APPR-1): an optional public form, whose requests wait beside
// the codes that need approval. Accepting one makes one code, bound to the address; whoever may
// make such a code may. Nobody is told whether an address is known, and nothing is mailed to it
// before somebody has decided (docs/decisions/0028).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/codes.h"
#include "core/requests_model.h"

namespace ostiary {

inline constexpr std::size_t kLongestRequestWords = 1000, kLongestDeclineReason = 1000;

// ── Asking: anybody ────────────────────────────────────────────────────────────────────────────

struct RequestDraft {
    std::string email, name, words, task_group;
};
// The same answer whether the address is known, has an account, or asked before, which is only
// counted. kNotFound requests.closed where nobody may ask; kInvalid with every wrong field;
// kUnavailable requests.full while too many wait.
Result<void> AskForInvitation(World&, const Origin&, const RequestDraft&,
                              std::string_view language);
Result<void> CheckRequestsOpen(const Config&);

// ── Deciding: whoever may make codes, about those within the scope ─────────────────────────────

Result<std::vector<InvitationRequest>> ListRequests(Permit<Permission::kCodesRead>, World&,
                                                    const RequestQuery&);
// kNotFound request.unknown, here and below, also for another team's.
Result<InvitationRequest> GetRequest(Permit<Permission::kCodesRead>, World&, const CodeScope&,
                                     RequestId);
// Whether somebody with this address is here already.
bool HasAccount(Permit<Permission::kUsersRead>, World&, const InvitationRequest&);
inline constexpr std::int64_t kMostRequestsCounted = 100;
std::int64_t CountRequests(Permit<Permission::kCodesRead>, World&, const CodeScope&);

// What the code of somebody who asked is made from, unless whoever accepts says otherwise.
struct RequestTerms {
    std::string template_name, task_group;  // empty: none
};
RequestTerms TermsFor(Permit<Permission::kCodesRead>, World&, const InvitationRequest&);

struct AcceptedRequest {
    InvitationRequest request;
    Code code;
    bool is_mailed = false;
};
// Makes a code for this person alone, once, and mails it where mails are sent and it needs no
// approval. Of the draft counts what an invitation leaves open; what it does not say is as TermsFor
// has it. kConflict request.decided; kTooMany mail.often; and what is wrong with the code.
Result<AcceptedRequest> AcceptRequest(Permit<Permission::kCodesWrite>, World&, const DoorRules&,
                                      RequestId, const CodeDraft&, std::string_view words);

enum class TellAsker : std::uint8_t { kNo, kYes };
// kConflict request.decided, mail.off; kInvalid reason.long.
Result<InvitationRequest> DeclineRequest(Permit<Permission::kCodesWrite>, World&, const CodeScope&,
                                         RequestId, std::string_view reason, TellAsker);

// Those decided long enough ago.
void DeleteOldRequests(World&);

}  // namespace ostiary
