#include "core/notifications.h"

#include <algorithm>

#include "core/accounts.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kMostShown = 100, kDeletedAtOnce = 1'000;
constexpr Millis kKept = 90 * kDay;

}  // namespace

std::int64_t CountUnseen(Permit<kOwnAccount> permit, World& world) {
    std::int64_t unseen = 0;
    world.store.Read([&](Work& work) {
        unseen = work.notifications.CountUnseen(permit.holder().account_id, kMostUnseenCounted);
    });
    return unseen;
}

std::vector<Notification> SeeNotifications(Permit<kOwnAccount> permit, World& world,
                                           Seeing seeing) {
    const Actor& actor = permit.holder();
    std::vector<Notification> notifications;
    world.store.Read([&](Work& work) {
        notifications = work.notifications.ListOf(actor.account_id, kMostShown);
    });
    const bool is_any_new = std::ranges::any_of(
        notifications, [](const Notification& one) { return !one.seen_at.has_value(); });
    if (is_any_new && seeing == Seeing::kYes)
        world.store.Write([&](Work& work) {
            work.notifications.MarkSeen(actor.account_id, notifications.front().id,
                                        world.clock.Now());
        });
    // Whoever approves no more is not told what others ask for.
    if (!actor.May(kCodesApprove))
        std::erase_if(notifications, [](const Notification& one) {
            return one.kind == NotificationKind::kApprovalAsked;
        });
    if (!actor.May(kCodesWrite))
        std::erase_if(notifications, [](const Notification& one) {
            return one.kind == NotificationKind::kInvitationAsked;
        });
    if (!actor.May(kUsersWrite))
        std::erase_if(notifications, [](const Notification& one) {
            return one.kind == NotificationKind::kPullWaiting ||
                   one.kind == NotificationKind::kPullFailed;
        });
    return notifications;
}

void NotifyApprovers(Work& work, const Actor& actor, const Code& code,
                     std::span<const Account> approvers, Millis now) {
    for (const Account& account : approvers)
        work.notifications.Add(account.id, NotificationKind::kApprovalAsked, code.id,
                               actor.account_id, now);
}

void NotifyVerdict(Work& work, const Actor& actor, const Code& code, Millis now) {
    work.notifications.MarkSeenOf(code.id, NotificationKind::kApprovalAsked, now);
    if (code.created_by_id.empty() || code.created_by_id == actor.account_id) return;
    work.notifications.Add(code.created_by_id,
                           code.approval == Approval::kApproved ? NotificationKind::kApproved
                                                                : NotificationKind::kRejected,
                           code.id, actor.account_id, now);
}

void NotifyDeciders(Work& work, std::span<const Account> deciders, Millis now) {
    for (const Account& account : deciders)
        work.notifications.AddOnce(account.id, NotificationKind::kInvitationAsked, now);
}

void NotifyOfPull(Work& work, std::span<const Account> superusers, NotificationKind kind,
                  Millis now) {
    for (const Account& account : superusers) work.notifications.AddOnce(account.id, kind, now);
}

void NotifyMailFailed(Work& work, const Mail& mail, Millis now) {
    const bool is_invitation =
        mail.kind == MailKind::kInvitation || mail.kind == MailKind::kReminder;
    if (!is_invitation || mail.code_id == 0 || mail.created_by_id.empty() ||
        !work.accounts.Find(mail.created_by_id))
        return;
    work.notifications.Add(mail.created_by_id, NotificationKind::kMailFailed, mail.code_id, {},
                           now);
}

void DeleteOldNotifications(World& world) {
    const Millis then = world.clock.Now() - kKept;
    for (std::size_t deleted = kDeletedAtOnce; deleted == kDeletedAtOnce;)
        world.store.Write(
            [&](Work& work) { deleted = work.notifications.DeleteOld(then, kDeletedAtOnce); });
}

}  // namespace ostiary
