#include <algorithm>

#include "core/audit_chain.h"
#include "sql.h"
#include "store/fence.h"
#include "store/ports.h"

namespace ostiary {
namespace {

// Of events that are older than stamps: their ids rise as well.
constexpr std::string_view kBefore = "before";

// How far events are linked, and how far there are any.
struct Linking {
    std::int64_t linked = 0;
    Fence fence;
    std::int64_t filled = 0, origin = 0;
    std::string origin_seal;
};

SealedEntry ReadEntry(const Row& row) {
    Columns columns(row);
    SealedEntry entry;
    entry.position = columns.Int();
    entry.linked_event = columns.Int();
    entry.linked_mac = columns.String();
    entry.seal = columns.String();
    entry.event_id = columns.MaybeInt();
    entry.mac = columns.String();
    entry.digest = columns.String();
    entry.salt = columns.String();
    constexpr int kSaltColumn = 7;
    if (row.IsNull(kSaltColumn)) entry.salt.reset();
    entry.stamp = columns.String();
    entry.at = columns.Int();
    entry.kind = columns.String();
    entry.code_id = columns.Int();
    entry.actor_id = columns.String();
    entry.actor_name = columns.String();
    entry.subject_id = columns.String();
    entry.subject_name = columns.String();
    entry.details = columns.String();
    entry.door = columns.String();
    entry.address = columns.String();
    entry.request_id = columns.String();
    return entry;
}

AuditHead ReadHead(const Row& row) {
    Columns columns(row);
    AuditHead head;
    head.position = columns.Int();
    head.event_id = columns.Int();
    head.seal = columns.String();
    head.at = columns.Int();
    return head;
}

class SqlAuditTrail final : public AuditTrail {
public:
    explicit SqlAuditTrail(Desk& desk) : desk_(desk) {}

    std::size_t LinkUp(std::size_t most) override {
        if (!MayLink()) return 0;
        Linking linking = Position();
        const auto last = Last();
        // A position that was put back must not stop what comes after.
        const std::int64_t linked = std::max(linking.linked, last ? last->event_id : 0);
        const Fence before = linking.fence;
        MoveFence(desk_, "event", linked, linking.filled, linking.fence);
        const std::int64_t until = linking.fence.Until(linked, most);
        if (until > linked) {
            if (!last) SealOrigin(linking);
            SealOldEvents(linked, std::min(until, TrustedOrigin(linking)));
            Link(last.value_or(AuditHead{}), linked, until);
        }
        if (until != linking.linked || linking.fence != before)
            desk_.Run(sql::kMoveLinkingPosition,
                      {until, linking.fence.at, linking.fence.waits_for});
        return static_cast<std::size_t>(until - linked);
    }

    std::optional<AuditHead> Last() override { return FindHead(sql::kFindLastLink, {}); }
    std::optional<AuditHead> At(std::int64_t position) override {
        return FindHead(sql::kFindLink, {position});
    }

    std::int64_t CountUnlinked(std::size_t most) override {
        const auto last = Last();
        std::int64_t count = 0;
        desk_.Run(sql::kCountUnlinked, {last ? last->event_id : 0, most},
                  [&](const Row& row) { count = row.Int(0); });
        return count;
    }

    std::int64_t Origin() override {
        const Linking linking = Position();
        if (linking.origin_seal.empty() && !Last()) return linking.origin;  // nothing is linked yet
        return TrustedOrigin(linking);
    }

    std::vector<SealedEntry> Entries(std::int64_t after, std::size_t most) override {
        return FindEntries(sql::kFindSealedEntries, {after, most});
    }
    std::vector<SealedEntry> Outside(std::int64_t after, std::int64_t before,
                                     std::size_t most) override {
        return FindEntries(sql::kFindEventsOutside, {after, before, most});
    }
    std::vector<SealedEntry> Erasures(std::int64_t after_event, std::size_t most) override {
        return FindEntries(sql::kFindErasures, {after_event, most});
    }

    bool IsLinked(std::string_view mac) override {
        return desk_.Run(sql::kIsMacLinked, {mac}, [](const Row&) {}) > 0;
    }

    bool ErasePerson(std::string_view account_id) override {
        if (desk_.Run(sql::kIsAnyEventOfPersonUnsealed, {account_id}, [](const Row&) {}) > 0)
            return false;
        desk_.Run(sql::kErasePersonFromEvents, {account_id});
        desk_.Run(sql::kErasePersonFromRedemptions, {account_id});
        return true;
    }

    std::vector<std::string> DeletedAccounts(std::string_view name, std::size_t most) override {
        std::vector<std::string> ids;
        desk_.Run(sql::kFindDeletedAccounts, {name, most},
                  [&](const Row& row) { ids.emplace_back(row.Text(0)); });
        return ids;
    }

private:
    bool MayLink() {
        if (!desk_.IsPostgres()) return true;
        bool may = false;
        desk_.Run(sql::kLockLinking, {}, [&](const Row& row) { may = row.Int(0) == 1; });
        return may;
    }

    Linking Position() {
        Linking linking;
        desk_.Run(sql::kFindLinkingPosition, {}, [&](const Row& row) {
            Columns columns(row);
            linking.linked = columns.Int();
            linking.fence.at = columns.Int();
            linking.fence.waits_for = columns.String();
            linking.filled = columns.Int();
            linking.origin = columns.Int();
            linking.origin_seal = columns.String();
        });
        return linking;
    }

    // The database said by itself how old the oldest events are; once we have begun, nobody shall
    // have us vouch for more than that.
    void SealOrigin(Linking& linking) {
        if (!linking.origin_seal.empty()) return;
        linking.origin_seal = AuditOriginSealOf(desk_.vault, linking.origin);
        desk_.Run(sql::kSealOrigin, {linking.origin_seal});
    }
    std::int64_t TrustedOrigin(const Linking& linking) const {
        return linking.origin_seal == AuditOriginSealOf(desk_.vault, linking.origin)
                   ? linking.origin
                   : 0;
    }

    void SealOldEvents(std::int64_t after, std::int64_t until) {
        if (until <= after) return;
        const auto old = FindEntries(sql::kFindOldEvents, {after, until});
        if (old.empty()) return;
        std::vector<std::int64_t> ids;
        std::vector<AuditMarks> marks;
        for (const SealedEntry& entry : old) {
            ids.push_back(*entry.event_id);
            marks.push_back(MarksFor(desk_.vault, desk_.random, ContentOf(entry),
                                     StampFor(kBefore, *entry.event_id)));
        }
        if (!desk_.IsPostgres()) {
            for (std::size_t i = 0; i < ids.size(); ++i)
                desk_.Run(sql::kSealOldEvents,
                          {ids[i], marks[i].mac, marks[i].digest, marks[i].salt, marks[i].stamp});
            return;
        }
        std::vector<std::string_view> macs, digests, salts, stamps;
        for (const AuditMarks& one : marks) {
            macs.push_back(one.mac);
            digests.push_back(one.digest);
            salts.push_back(one.salt);
            stamps.push_back(one.stamp);
        }
        desk_.Run(sql::kSealOldEvents, {ids, macs, digests, salts, stamps});
    }

    void Link(AuditHead last, std::int64_t after, std::int64_t until) {
        std::vector<std::pair<std::int64_t, std::string>> events;
        desk_.Run(sql::kFindUnlinkedMacs, {after, until}, [&](const Row& row) {
            events.emplace_back(row.Int(0), std::string(row.Text(1)));
        });
        if (events.empty()) return;
        std::vector<std::int64_t> positions, ids;
        std::vector<std::string> seals;
        for (const auto& [id, mac] : events) {
            last.seal = AuditSealOf(desk_.vault, last.seal, ++last.position, id, mac);
            positions.push_back(last.position);
            ids.push_back(id);
            seals.push_back(last.seal);
        }
        if (!desk_.IsPostgres()) {
            for (std::size_t i = 0; i < ids.size(); ++i)
                desk_.Run(sql::kAddLinks, {positions[i], ids[i], events[i].second, seals[i]});
            return;
        }
        std::vector<std::string_view> macs;
        for (const auto& [id, mac] : events) macs.emplace_back(mac);
        desk_.Run(sql::kAddLinks, {positions, ids, macs,
                                   std::vector<std::string_view>(seals.begin(), seals.end())});
    }

    std::optional<AuditHead> FindHead(const Statement& statement,
                                      std::initializer_list<Value> values) {
        std::optional<AuditHead> head;
        desk_.Run(statement, values, [&](const Row& row) { head = ReadHead(row); });
        return head;
    }

    std::vector<SealedEntry> FindEntries(const Statement& statement,
                                         std::initializer_list<Value> values) {
        std::vector<SealedEntry> entries;
        desk_.Run(statement, values, [&](const Row& row) { entries.push_back(ReadEntry(row)); });
        return entries;
    }

    Desk& desk_;
};

}  // namespace

std::unique_ptr<AuditTrail> AuditTrailAt(Desk& desk) {
    return std::make_unique<SqlAuditTrail>(desk);
}

}  // namespace ostiary
