// The end of the chain outside the database: without it nobody could tell a log whose end was cut
// off from one that was never longer.

#include <sys/stat.h>

#include <boost/json.hpp>
#include <filesystem>

#include <fmt/format.h>

#include "core/audit_verify.h"
#include "core/happenings.h"
#include "util/failure.h"
#include "util/text.h"
#include "util/whole_file.h"

namespace ostiary {
namespace {

namespace json = boost::json;

constexpr std::size_t kLinkedAtOnce = 1'000;
constexpr std::size_t kMostWaitingCounted = 100'000;

std::string MomentOf(Millis at) { return at > 0 ? FormatRfc3339(at) : "an unknown moment"; }

// Where the chain does not lead to the anchor: why not.
std::optional<std::string> WhyNotOn(AuditTrail& trail, const AuditHead& anchor,
                                    const std::optional<AuditHead>& last) {
    if (!last || last->position < anchor.position)
        return fmt::format(
            "the log ends at entry {} ({}), but entry {} of {} is remembered outside the database: "
            "its end was cut off, or the database was restored from a backup that is older. If it "
            "was restored, say so with: ostiary audit accept",
            last ? last->position : 0, last ? MomentOf(last->at) : "nothing is in it",
            anchor.position, MomentOf(anchor.at));
    const auto there = trail.At(anchor.position);
    if (there && there->IsSameAs(anchor)) return std::nullopt;
    return fmt::format(
        "entry {} is not the one of {} that is remembered outside the database: the end of the log "
        "was cut off and written anew, or the database was restored from a backup that is older. "
        "If it was restored, say so with: ostiary audit accept",
        anchor.position, MomentOf(anchor.at));
}

void WriteAnchor(const Config& config, const AuditHead& head) {
    if (mkdir(config.data.c_str(), S_IRWXU) != 0 && errno == ENOENT)
        std::filesystem::create_directories(config.data);
    json::object anchor;
    anchor["position"] = head.position;
    anchor["event"] = head.event_id;
    anchor["at"] = FormatRfc3339(head.at);
    anchor["seal"] = head.seal;
    ReplaceWholeFile(AuditAnchorPath(config), json::serialize(anchor) + "\n");
}

}  // namespace

std::string AuditAnchorPath(const Config& config) { return config.data + "/audit-head"; }

Result<std::optional<AuditHead>> ReadAuditAnchor(const Config& config) {
    const auto text = ReadWholeFile(AuditAnchorPath(config));
    if (!text) return std::optional<AuditHead>();
    json::error_code failed;
    const json::value value = json::parse(*text, failed);
    const auto member = [&](std::string_view name) -> const json::value* {
        return failed || !value.is_object() ? nullptr : value.as_object().if_contains(name);
    };
    const auto *position = member("position"), *event = member("event"), *seal = member("seal"),
               *at = member("at");
    if (!position || !position->is_int64() || !event || !event->is_int64() || !seal ||
        !seal->is_string() || !at || !at->is_string())
        return Error{ErrorKind::kConflict, "audit.anchor_damaged", "Conflict",
                     Say("{} does not say where the audit log ended; it was damaged",
                         AuditAnchorPath(config))};
    AuditHead anchor;
    anchor.position = position->as_int64();
    anchor.event_id = event->as_int64();
    anchor.seal = std::string(seal->as_string());
    anchor.at = ParseMoment(std::string_view(at->as_string()), "").value_or(0);
    return std::optional(std::move(anchor));
}

void LinkAuditLog(World& world, std::size_t most) {
    bool is_behind = false;
    world.store.Read([&](Work& work) { is_behind = work.audit.CountUnlinked(1) > 0; });
    for (std::size_t linked = 0, latest = kLinkedAtOnce;
         is_behind && latest == kLinkedAtOnce && linked < most; linked += latest) {
        world.store.Write([&](Work& work) { latest = work.audit.LinkUp(kLinkedAtOnce); });
    }
}

std::optional<std::string> AnchorAuditLog(World& world) {
    const auto read = ReadAuditAnchor(world.config);
    if (!read.ok()) return read.error().details;
    const std::optional<AuditHead>& anchor = read.value();
    std::optional<AuditHead> last;
    std::optional<std::string> trouble;
    world.store.Read([&](Work& work) {
        last = work.audit.Last();
        trouble = anchor ? WhyNotOn(work.audit, *anchor, last) : std::nullopt;
    });
    if (!trouble && last && !(anchor && anchor->IsSameAs(*last))) WriteAnchor(world.config, *last);
    return trouble;
}

Result<AuditHead> AcceptAuditLog(Permit<Permission::kAuditRead> permit, World& world) {
    const Actor& actor = permit.holder();
    if (actor.origin.door != Door::kConsole) return Actor::Denied();
    const auto read = ReadAuditAnchor(world.config);
    const std::optional<AuditHead> anchor = read.ok() ? read.value() : std::nullopt;
    std::optional<AuditHead> last;
    world.store.Read([&](Work& work) { last = work.audit.Last(); });
    if (!last)
        return Error{ErrorKind::kConflict, "audit.empty", "Conflict",
                     "Nothing of the audit log is linked yet"};
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        const auto place = [](const AuditHead& head) {
            return fmt::format("{} ({})", head.position, MomentOf(head.at));
        };
        work.events.Append(
            With(Happened(EventKind::kAuditAccepted, actor, world.clock.Now()),
                 DifferenceDetails({{"end", anchor ? place(*anchor) : "", place(*last)}})));
        return {};
    }));
    WriteAnchor(world.config, *last);
    return *last;
}

AuditStanding GetAuditStanding(const Config& config, Work& work) {
    AuditStanding standing;
    standing.last = work.audit.Last();
    standing.waiting = work.audit.CountUnlinked(kMostWaitingCounted);
    standing.waiting_is_at_least =
        standing.waiting == static_cast<std::int64_t>(kMostWaitingCounted);
    standing.verified = work.facts.Get(kAuditVerifiedFact).value_or("");
    try {
        const auto read = ReadAuditAnchor(config);
        if (!read.ok())
            standing.trouble = read.error().details;
        else
            standing.anchor = read.value();
        if (standing.anchor)
            standing.trouble = WhyNotOn(work.audit, *standing.anchor, standing.last);
    } catch (const WorldFailure& failure) {  // a finding, not an accident
        standing.trouble = failure.what();
    }
    return standing;
}

}  // namespace ostiary
