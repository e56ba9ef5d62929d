#include "core/audit_verify.h"

#include <fmt/format.h>

#include <limits>
#include <map>

#include "core/happenings.h"
#include "util/failure.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr std::size_t kReadTogether = 500;
constexpr std::int64_t kToldEvery = 10'000;

using Pages = std::vector<SealedEntry>;

// One walk along the chain, from its beginning or from somewhere in it.
class Verification {
public:
    Verification(World& world, const AuditLook& look) : world_(world), look_(look) {}

    AuditVerdict Run() {
        FindErasures();
        if (!Begin()) return std::move(verdict_);
        CheckLinked();
        if (!verdict_.fault) CheckAnchor();
        if (!verdict_.fault) CheckWaiting();
        return std::move(verdict_);
    }

private:
    // Who was erased, and by which event; only what is truly ours counts.
    void FindErasures() {
        for (std::int64_t after = std::numeric_limits<std::int64_t>::min();;) {
            Pages page;
            world_.store.Read(
                [&](Work& work) { page = work.audit.Erasures(after, kReadTogether); });
            for (const SealedEntry& entry : page)
                if (IsOwn(entry)) erased_[entry.subject_id] = *entry.event_id;
            if (page.size() < kReadTogether) break;
            after = *page.back().event_id;
        }
    }

    bool Begin() {
        std::optional<AuditHead> before;
        world_.store.Read([&](Work& work) {
            origin_ = work.audit.Origin();
            if (look_.from > 1) before = work.audit.At(look_.from - 1);
        });
        const auto anchor = ReadAuditAnchor(world_.config);
        if (!anchor.ok()) {
            Blame(AuditWrong::kChanged, {}, anchor.error().details);
            return false;
        }
        verdict_.anchor = anchor.value();
        if (look_.from <= 1) return true;
        if (!before) {
            Blame(AuditWrong::kRemoved, {},
                  fmt::format("there is no entry {} to go on from", look_.from - 1));
            return false;
        }
        last_ = *before;
        return true;
    }

    void CheckLinked() {
        Pages page;
        do {
            world_.store.Read(
                [&](Work& work) { page = work.audit.Entries(last_.position, kReadTogether); });
            for (const SealedEntry& entry : page) {
                CheckEntry(entry);
                if (verdict_.fault) return;
                Accept(entry);
            }
        } while (page.size() == kReadTogether);
    }

    void Accept(const SealedEntry& entry) {
        last_ = {entry.position, entry.linked_event, entry.seal, entry.at};
        verdict_.last = last_;
        if (!entry.salt) ++verdict_.erased;
        if (++verdict_.entries % kToldEvery == 0 && look_.progress)
            look_.progress(verdict_.entries);
    }

    void CheckEntry(const SealedEntry& entry) {
        if (entry.position != last_.position + 1) {
            SealedEntry missing;
            missing.position = last_.position + 1;
            return Blame(AuditWrong::kRemoved, missing, "it is not in the chain any more");
        }
        if (entry.linked_event <= last_.event_id && last_.position > 0)
            return Blame(AuditWrong::kReordered, entry, "it stands behind a later event");
        if (entry.seal != AuditSealOf(world_.vault, last_.seal, entry.position, entry.linked_event,
                                      entry.linked_mac))
            return Blame(AuditWrong::kChanged, entry,
                         "its seal does not fit the entry before it: the chain was changed here");
        CheckBetween(entry.linked_event);
        if (verdict_.fault) return;
        if (!entry.event_id)
            return Blame(AuditWrong::kRemoved, entry, "its event is not there any more");
        if (entry.mac != entry.linked_mac) return BlameForAnother(entry);
        CheckContent(entry);
        CheckAnchorAt(entry);
    }

    // Events that the chain passed over.
    void CheckBetween(std::int64_t before) {
        if (before <= last_.event_id + 1 && last_.position > 0) return;
        const std::int64_t after =
            last_.position > 0 ? last_.event_id : std::numeric_limits<std::int64_t>::min();
        Pages outside;
        world_.store.Read([&](Work& work) { outside = work.audit.Outside(after, before, 1); });
        if (!outside.empty())
            Blame(AuditWrong::kAdded, outside.front(), "it was never linked into the chain");
    }

    void BlameForAnother(const SealedEntry& entry) {
        bool is_known = false;
        if (IsOwn(entry))
            world_.store.Read([&](Work& work) { is_known = work.audit.IsLinked(entry.mac); });
        if (is_known)
            Blame(AuditWrong::kReordered, entry, "another entry of the log stands in its place");
        else
            Blame(AuditWrong::kChanged, entry, "it is not the event that was linked here");
    }

    // Whether the event is as the program wrote it.
    void CheckContent(const SealedEntry& entry) {
        if (entry.mac.empty())
            return Blame(AuditWrong::kAdded, entry,
                         "it has no mac: this program did not write it (nodes of an older version "
                         "must not write once one of this version has started)");
        if (AuditMacOf(world_.vault, ContentOf(entry), entry.stamp, entry.digest) != entry.mac)
            return Blame(AuditWrong::kChanged, entry,
                         "it does not say what was written: it was changed, or never written");
        CheckStamp(entry);
        if (verdict_.fault) return;
        if (entry.salt) {
            if (AuditDigestOf(world_.vault, ContentOf(entry), *entry.salt) != entry.digest)
                Blame(AuditWrong::kChanged, entry,
                      "its names, details or address are not those that were written");
            return;
        }
        if (!entry.actor_name.empty() || !entry.subject_name.empty() || !entry.details.empty() ||
            !entry.address.empty())
            return Blame(AuditWrong::kChanged, entry,
                         "somebody was erased from it, and yet something was written into it");
        if (!IsErasedLater(entry.actor_id, *entry.event_id) &&
            !IsErasedLater(entry.subject_id, *entry.event_id))
            Blame(AuditWrong::kChanged, entry,
                  "its names, details and address are gone, but nobody in it was erased");
    }

    // What a process has written stands in the order in which it was written.
    void CheckStamp(const SealedEntry& entry) {
        const auto stamp = ReadStamp(entry.stamp);
        auto& last = stamps_[std::string(stamp ? stamp->node : std::string_view())];
        if (!stamp || stamp->number <= last)
            return Blame(AuditWrong::kAdded, entry, "it is a copy of an earlier entry");
        last = stamp->number;
    }

    bool IsErasedLater(const std::string& account_id, std::int64_t event_id) const {
        const auto found = erased_.find(account_id);
        return found != erased_.end() && found->second > event_id;
    }

    bool IsOwn(const SealedEntry& entry) const {
        return entry.mac == AuditMacOf(world_.vault, ContentOf(entry), entry.stamp, entry.digest);
    }

    void CheckAnchorAt(const SealedEntry& entry) {
        if (verdict_.fault || !verdict_.anchor || verdict_.anchor->position != entry.position)
            return;
        const AuditHead here{entry.position, entry.linked_event, entry.seal, entry.at};
        if (!here.IsSameAs(*verdict_.anchor))
            Blame(AuditWrong::kCut, entry,
                  fmt::format("{} remembers another entry here: the end of the log was cut off and "
                              "written anew, or the database was restored from a backup that is "
                              "older; if it was restored, say so with: ostiary audit accept",
                              AuditAnchorPath(world_.config)));
    }

    void CheckAnchor() {
        const auto& anchor = verdict_.anchor;
        if (!anchor || anchor->position <= last_.position) return;
        SealedEntry missing;
        missing.position = last_.position + 1;
        Blame(AuditWrong::kCut, missing,
              fmt::format("the log ends at entry {}, but {} remembers entry {} of {}: its end was "
                          "cut off, or the database was restored from a backup that is older; if "
                          "it was restored, say so with: ostiary audit accept",
                          last_.position, AuditAnchorPath(world_.config), anchor->position,
                          FormatRfc3339(anchor->at)));
    }

    // What is not linked yet can be removed without a trace, but not changed or added.
    void CheckWaiting() {
        std::int64_t after =
            last_.position > 0 ? last_.event_id : std::numeric_limits<std::int64_t>::min();
        Pages page;
        do {
            world_.store.Read([&](Work& work) {
                page = work.audit.Outside(after, std::numeric_limits<std::int64_t>::max(),
                                          kReadTogether);
            });
            for (const SealedEntry& entry : page) {
                const bool is_old = *entry.event_id <= origin_ && entry.mac.empty();
                if (!is_old) CheckContent(entry);
                if (verdict_.fault) return;
                ++verdict_.waiting;
                after = *entry.event_id;
            }
        } while (page.size() == kReadTogether);
    }

    void Blame(AuditWrong wrong, const SealedEntry& entry, std::string why) {
        verdict_.fault =
            AuditFault{wrong,    entry.position, entry.event_id.value_or(entry.linked_event),
                       entry.at, entry.kind,     std::move(why)};
    }

    World& world_;
    const AuditLook& look_;
    AuditVerdict verdict_;
    AuditHead last_;  // the last good entry
    std::int64_t origin_ = 0;
    std::map<std::string, std::int64_t> erased_;  // account → event
    std::map<std::string, std::int64_t> stamps_;  // process → the last number it gave
};

std::string Summary(const AuditVerdict& verdict) {
    if (!verdict.fault) return fmt::format("{} entries, all good", verdict.entries);
    return fmt::format("{} entries good, then entry {}: {}", verdict.entries,
                       verdict.fault->position, NameOf(verdict.fault->wrong));
}

}  // namespace

std::string_view NameOf(AuditWrong wrong) {
    switch (wrong) {
        case AuditWrong::kChanged: return "changed";
        case AuditWrong::kRemoved: return "removed";
        case AuditWrong::kAdded: return "added";
        case AuditWrong::kReordered: return "reordered";
        case AuditWrong::kCut: return "cut";
    }
    std::abort();
}

Result<AuditVerdict> VerifyAuditLog(Permit<Permission::kAuditRead> permit, World& world,
                                    const AuditLook& look) {
    AuditVerdict verdict = Verification(world, look).Run();
    const Millis now = world.clock.Now();
    const std::string summary = Summary(verdict);
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        work.events.Append(With(Happened(EventKind::kAuditVerified, permit.holder(), now),
                                PairDetails({{"finding", summary}})));
        work.facts.Set(kAuditVerifiedFact, fmt::format("{}: {}", FormatRfc3339(now), summary));
        return {};
    }));
    return verdict;
}

}  // namespace ostiary
