#pragma once

// What one person is told in the pages, beside mails and where none are sent (NTFY-1).

#include <cstdint>
#include <span>
#include <vector>

#include "core/codes.h"
#include "core/mails_model.h"
#include "core/notifications_model.h"

namespace ostiary {

inline constexpr std::int64_t kMostUnseenCounted = 100;
std::int64_t CountUnseen(Permit<Permission::kOwnAccount>, World&);  // up to kMostUnseenCounted
// Newest first; and all of them count as seen from now on, unless they are only peeked at.
enum class Seeing : std::uint8_t { kYes, kNo };
std::vector<Notification> SeeNotifications(Permit<Permission::kOwnAccount>, World&, Seeing);

// ── Told by other verbs, within their transactions ─────────────────────────────────────────────

// Each approver: this code waits for them. Of many made together, the first.
void NotifyApprovers(Work&, const Actor&, const Code&, std::span<const Account> approvers,
                     Millis now);
// The maker, if it was somebody else who decided; and no approver is asked any more.
void NotifyVerdict(Work&, const Actor&, const Code&, Millis now);
// Each of them, until they have looked: somebody asks for an invitation.
void NotifyDeciders(Work&, std::span<const Account> deciders, Millis now);
// Each of them, until they have looked.
void NotifyOfPull(Work&, std::span<const Account> superusers, NotificationKind, Millis now);
void NotifyMailFailed(Work&, const Mail&, Millis now);

void DeleteOldNotifications(World&);

}  // namespace ostiary
