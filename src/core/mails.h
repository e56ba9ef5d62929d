#pragma once

// Asking for mails (NTFY-1). They are rows, written in the transaction of the act that causes them;
// core/mails_delivery.h has them sent.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/codes.h"
#include "core/mails_model.h"
#include "core/permissions.h"
#include "core/requests_model.h"
#include "core/world.h"

namespace ostiary {

inline constexpr std::size_t kLongestMailWords = 1000;
inline constexpr std::int64_t kMostMailsEachHour = 1000;  // that one account asks for

// Mails the code's link to the address that the code is bound to; once one was sent there, another
// is a reminder. The scope and the right are those of changing the code. kInvalid message.long;
// kForbidden where the actor may not know the link; kConflict mail.off, mail.no_address,
// mail.address, mail.code, mail.under_way; kTooMany mail.often.
Result<Mail> SendInvitation(Permit<Permission::kCodesWrite>, World&, const CodeScope&, CodeId,
                            std::string_view words, std::string_view language);

// What was mailed about a code, newest first. Empty where the actor may not know its link.
Result<std::vector<Mail>> MailsOf(Permit<Permission::kCodesRead>, World&, const CodeScope&, CodeId,
                                  std::size_t most);

// Whether it is: then no other may be asked for.
bool IsOnItsWay(const Mail&);

// ── Of invitations, within a transaction that is under way ─────────────────────────────────────

Result<void> CheckSendsMail(const Config&);           // kConflict mail.off
Result<void> CheckMailWords(std::string_view words);  // kInvalid message.long
Result<void> CheckMailable(const Code&, Millis now);  // kConflict mail.…
bool MayBeMailed(const Code&, Millis now);            // that, or once it is approved
Result<void> CheckMailAllowance(Work&, const Actor&, std::size_t more, Millis now);  // mail.often
// Queues one to the address that the code is bound to, with its event; where the code waits for
// approval it is held until SettleHeldMails.
Mail QueueInvitation(Work&, const World&, const Actor&, const Code&, MailKind,
                     std::string_view words, std::string_view language);
// The code waits no longer: what was held is sent now if it was approved, and never if not.
void SettleHeldMails(Work&, const Actor&, const Code&, Millis now);
void DropHeldMails(Work&, CodeId);

// What an invitation to this code says.
Letter InvitationLetter(const Config&, const Code&, const MailFacts&, MailKind);

// ── What other verbs have mailed, within their transactions; nothing where no mail is sent ─────

// To each approver: this code waits for them. Of many made together, the first.
void MailApprovers(Work&, const World&, const Actor&, const Code&,
                   std::span<const Account> approvers);
// To the maker: it was approved or rejected.
void MailVerdict(Work&, const World&, const Actor&, const Code&);
// To whoever asked for an invitation: it was declined, with the reason. For those who may be
// mailed.
void MailDecline(Work&, const World&, const Actor&, const InvitationRequest&);
// To the account, with the link that was made; says whether one is sent.
bool MailResetLink(Work&, const World&, const Actor&, const Account&, std::string_view token);
// To whoever has an account under this name, if anybody: found out when it is sent, so that asking
// takes the same time for everybody.
void MailWhoeverForgot(Work&, const World&, std::string_view login, std::string_view language);

// To the account: what waits for them, found out when it is sent.
void MailDigest(Work&, const World&, const Account&);

// Whether a person takes mails about approvals and alerts; they do until they say otherwise.
bool TakesMails(Permit<Permission::kOwnAccount>, World&);
bool TakesMails(Work&, std::string_view account_id);
enum class TakeMails : std::uint8_t { kYes, kNo };
Result<void> SetTakesMails(Permit<Permission::kOwnAccount>, World&, TakeMails);

}  // namespace ostiary
