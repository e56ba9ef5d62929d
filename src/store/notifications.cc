#include <algorithm>
#include <array>

#include "sql.h"
#include "store/ports.h"

namespace ostiary {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(NotificationKind::kCount)> kKinds =
    {"approval.asked",   "code.approved", "code.rejected", "mail.failed",
     "invitation.asked", "pull.waiting",  "pull.failed"};

std::string_view NameOf(NotificationKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

NotificationKind KindNamed(std::string_view name) {
    const auto found = std::ranges::find(kKinds, name);
    if (found == kKinds.end()) throw StoreFailure("a notification of an unknown kind");
    return static_cast<NotificationKind>(found - kKinds.begin());
}

class NotificationRows final : public Notifications {
public:
    explicit NotificationRows(Desk& desk) : desk_(desk) {}

    void Add(std::string_view account_id, NotificationKind kind, CodeId code,
             std::string_view actor_id, Millis now) override {
        desk_.Run(sql::kAddNotification, {account_id, NameOf(kind), code, actor_id, now});
    }

    void AddOnce(std::string_view account_id, NotificationKind kind, Millis now) override {
        desk_.Run(sql::kAddNotificationOnce, {account_id, NameOf(kind), now});
    }

    std::vector<Notification> ListOf(std::string_view account_id, std::size_t most) override {
        std::vector<Notification> notifications;
        desk_.Run(sql::kListNotifications, {account_id, most}, [&](const Row& row) {
            Columns columns(row);
            Notification one;
            one.id = columns.Int();
            one.kind = KindNamed(columns.Text());
            one.code_id = columns.Int();
            one.code_label = columns.String();
            one.reason = columns.String();
            one.code_is_gone = columns.Int() != 0;
            one.actor_name = columns.String();
            one.at = columns.Int();
            one.seen_at = columns.MaybeInt();
            notifications.push_back(std::move(one));
        });
        return notifications;
    }

    std::int64_t CountUnseen(std::string_view account_id, std::int64_t most) override {
        std::int64_t unseen = 0;
        desk_.Run(sql::kCountUnseenNotifications, {account_id, most},
                  [&](const Row& row) { unseen = Columns(row).Int(); });
        return unseen;
    }

    void MarkSeen(std::string_view account_id, std::int64_t last, Millis now) override {
        desk_.Run(sql::kMarkNotificationsSeen, {account_id, last, now});
    }

    void MarkSeenOf(CodeId code, NotificationKind kind, Millis now) override {
        desk_.Run(sql::kMarkNotificationsOfCodeSeen, {code, NameOf(kind), now});
    }

    void MarkSeenOf(NotificationKind kind, Millis now) override {
        desk_.Run(sql::kMarkNotificationsOfKindSeen, {NameOf(kind), now});
    }

    std::size_t DeleteOld(Millis before, std::size_t most) override {
        return static_cast<std::size_t>(desk_.Run(sql::kDeleteOldNotifications, {before, most}));
    }

private:
    Desk& desk_;
};

}  // namespace

std::unique_ptr<Notifications> NotificationsAt(Desk& desk) {
    return std::make_unique<NotificationRows>(desk);
}

}  // namespace ostiary
