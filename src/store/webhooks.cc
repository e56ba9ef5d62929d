#include <algorithm>
#include <cstdint>

#include "sql.h"
#include "store/events_rows.h"
#include "store/ports.h"
#include "util/text.h"

namespace ostiary {
namespace {

// A space before each and after the last: SQL finds one by its neighbours.
std::string PackKinds(const std::vector<std::string>& kinds) {
    return kinds.empty() ? "" : " " + Join(kinds, " ") + " ";
}

std::string Unsealed(const Desk& desk, std::string_view box) {
    if (box.empty()) return {};
    auto secret = desk.vault.Open(box);
    if (!secret) throw StoreFailure("a webhook's secret was sealed with another key");
    return *std::move(secret);
}

Webhook ReadWebhook(const Desk& desk, const Row& row) {
    Columns columns(row);
    Webhook hook;
    hook.id = columns.String();
    hook.url = columns.String();
    hook.description = columns.String();
    hook.kinds = SplitList(columns.Text(), ' ');
    hook.secret = Unsealed(desk, columns.Text());
    hook.old_secret = Unsealed(desk, columns.Text());
    hook.old_secret_until = columns.MaybeInt();
    hook.created_by = columns.String();
    hook.created_at = columns.Int();
    hook.updated_at = columns.Int();
    hook.disabled_at = columns.MaybeInt();
    hook.disabled_reason = columns.String();
    hook.failing_since = columns.MaybeInt();
    return hook;
}

Delivery ReadDelivery(const Row& row) {
    Columns columns(row);
    Delivery delivery;
    delivery.id = columns.Int();
    delivery.webhook_id = columns.String();
    delivery.state = static_cast<DeliveryState>(columns.Int());
    delivery.attempts = static_cast<int>(columns.Int());
    delivery.created_at = columns.Int();
    delivery.due_at = columns.Int();
    delivery.attempted_at = columns.MaybeInt();
    delivery.done_at = columns.MaybeInt();
    delivery.status = columns.MaybeInt();
    delivery.response = columns.String();
    delivery.is_under_way = !columns.Text().empty();
    delivery.event = ReadEvent(columns);
    return delivery;
}

class SqlWebhooks final : public Webhooks {
public:
    explicit SqlWebhooks(Desk& desk) : desk_(desk) {}

    void Add(const Webhook& hook) override {
        const std::string kinds = PackKinds(hook.kinds), secret = Seal(hook.secret);
        desk_.Run(sql::kAddWebhook, {hook.id, hook.url, hook.description, kinds, secret,
                                     hook.created_by, hook.created_at});
    }

    std::optional<Webhook> Find(std::string_view id) override {
        return FindOne(sql::kFindWebhook, id);
    }
    std::optional<Webhook> FindForUpdate(std::string_view id) override {
        return FindOne(sql::kFindWebhookForUpdate, id);
    }

    std::vector<Webhook> List() override {
        std::vector<Webhook> hooks;
        desk_.Run(sql::kListWebhooks, {},
                  [&](const Row& row) { hooks.push_back(ReadWebhook(desk_, row)); });
        return hooks;
    }

    void Save(const Webhook& hook) override {
        const std::string kinds = PackKinds(hook.kinds), secret = Seal(hook.secret),
                          old = Seal(hook.old_secret);
        desk_.Run(
            sql::kSaveWebhook,
            {hook.id, hook.url, hook.description, kinds, secret, OrNull(old), hook.old_secret_until,
             hook.updated_at, hook.disabled_at, OrNull(hook.disabled_reason), hook.failing_since});
    }

    void EndTrouble(std::string_view id) override { desk_.Run(sql::kEndWebhookTrouble, {id}); }

    void Delete(std::string_view id) override {
        desk_.Run(sql::kDeleteWebhook, {id});
        desk_.Run(sql::kDeleteDeliveriesOf, {id});
    }

    std::vector<Delivery> ListDeliveries(const DeliveryQuery& query) override {
        const std::int64_t state = query.state ? static_cast<std::int64_t>(*query.state) : -1;
        const std::int64_t before = query.before > 0 ? query.before : INT64_MAX;
        std::vector<Delivery> deliveries;
        desk_.Run(sql::kListDeliveries, {query.webhook_id, before, state, query.page_size},
                  [&](const Row& row) { deliveries.push_back(ReadDelivery(row)); });
        return deliveries;
    }

    std::optional<Delivery> FindDelivery(std::string_view webhook_id, std::int64_t id) override {
        return FindOneDelivery(sql::kFindDelivery, {webhook_id, id});
    }

    bool Replay(std::string_view webhook_id, std::int64_t id, Millis now) override {
        return desk_.Run(sql::kReplayDelivery, {webhook_id, id, now}) > 0;
    }

    std::int64_t ReplaySince(std::string_view webhook_id, Millis since, Millis now) override {
        std::int64_t last = 0;
        desk_.Run(sql::kLastEventBefore, {since}, [&](const Row& row) { last = row.Int(0); });
        return desk_.Run(sql::kReplayDeliveriesAfter, {webhook_id, last, now}) +
               desk_.Run(sql::kAddMissedDeliveries, {webhook_id, last, now});
    }

    void GiveUp(std::string_view webhook_id, std::string_view why, Millis now) override {
        desk_.Run(sql::kGiveUpDeliveries, {webhook_id, now, why});
    }

    std::int64_t CountDue(Millis now, std::size_t most) override {
        std::int64_t count = 0;
        desk_.Run(sql::kCountDueDeliveries, {now, most},
                  [&](const Row& row) { count = row.Int(0); });
        return count;
    }
    std::vector<std::string> ListDue(Millis now) override {
        std::vector<std::string> ids;
        desk_.Run(sql::kDueWebhooks, {now}, [&](const Row& row) { ids.emplace_back(row.Text(0)); });
        return ids;
    }

    std::vector<Delivery> Claim(std::string_view webhook_id, std::string_view lease, Millis now,
                                Millis until, std::size_t most) override {
        std::vector<std::int64_t> ids;
        desk_.Run(sql::kClaimDeliveries, {webhook_id, lease, until, now, most},
                  [&](const Row& row) { ids.push_back(row.Int(0)); });
        std::ranges::sort(ids);  // the oldest leaves first
        std::vector<Delivery> claimed;
        for (const std::int64_t id : ids)
            if (auto delivery = FindDelivery(webhook_id, id))
                claimed.push_back(*std::move(delivery));
        return claimed;
    }

    std::optional<Delivery> FindLeased(std::int64_t id, std::string_view lease) override {
        return FindOneDelivery(sql::kFindLeasedDelivery, {id, lease});
    }

    void Record(const Delivery& done) override {
        desk_.Run(sql::kRecordDelivery,
                  {done.id, static_cast<std::int64_t>(done.state), done.due_at, done.done_at,
                   done.status, OrNull(done.response)});
        if (done.event.code_id == 0) return;
        if (done.state == DeliveryState::kPending)
            desk_.Run(sql::kDeferFollowers,
                      {done.webhook_id, done.event.code_id, done.event.id, done.due_at});
        else if (done.attempts > 1)
            desk_.Run(sql::kReleaseFollowers, {done.webhook_id, done.event.code_id, done.event.id,
                                               done.done_at.value_or(0)});
    }

    void HandBack(std::int64_t id, std::string_view lease, Millis now) override {
        desk_.Run(sql::kHandBackDelivery, {id, lease, now});
    }

    std::size_t DeleteOld(Millis delivered_before, Millis failed_before,
                          std::size_t most) override {
        desk_.Run(sql::kDeleteLostDeliveries, {});
        return static_cast<std::size_t>(
            desk_.Run(sql::kDeleteOldDeliveries, {delivered_before, failed_before, most}));
    }

private:
    std::string Seal(std::string_view secret) const {
        return secret.empty() ? "" : desk_.vault.Seal(desk_.random, secret);
    }

    std::optional<Webhook> FindOne(const Statement& statement, std::string_view id) {
        std::optional<Webhook> found;
        desk_.Run(statement, {id}, [&](const Row& row) { found = ReadWebhook(desk_, row); });
        return found;
    }

    std::optional<Delivery> FindOneDelivery(const Statement& statement,
                                            std::initializer_list<Value> key) {
        std::optional<Delivery> found;
        desk_.Run(statement, key, [&](const Row& row) { found = ReadDelivery(row); });
        return found;
    }

    Desk& desk_;
};

}  // namespace

std::unique_ptr<Webhooks> WebhooksAt(Desk& desk) { return std::make_unique<SqlWebhooks>(desk); }

}  // namespace ostiary
