#include "core/aircraft.h"

#include <algorithm>

#include "core/accounts.h"
#include "core/codes.h"
#include "core/happenings.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kShortest = 2, kLongest = 16, kLongestName = 100;

Event AboutAircraft(EventKind kind, const Actor& actor, Millis now, const Aircraft& aircraft) {
    Event event = Happened(kind, actor, now);
    event.subject_id = aircraft.id;
    event.subject_name = aircraft.registration;
    return event;
}

// Whether somebody may still come in with it, today or later.
bool IsLiving(const Code& code, Millis now) {
    const CodeStatus status = StatusAt(code, now);
    return IsUsable(status) || status == CodeStatus::kScheduled || status == CodeStatus::kPending;
}

}  // namespace

std::string NormalizeRegistration(std::string_view typed) {
    std::string registration(Trim(typed));
    std::ranges::transform(registration, registration.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return registration;
}

std::optional<Aircraft> FindAircraft(Work& work, std::string_view typed) {
    if (!IsCleanText(typed, Lines::kOne)) return std::nullopt;
    return work.aircraft.FindByRegistration(NormalizeRegistration(typed));
}

namespace {

Error NoSuchAircraft() {
    return {ErrorKind::kNotFound, "aircraft.unknown", "Not found", "There is no such aircraft"};
}

Error ChangedMeanwhile() {
    return {ErrorKind::kStale, "aircraft.changed", "Changed meanwhile",
            "Somebody changed this aircraft meanwhile; look at it again before you go on"};
}

Error TakenRegistration(const std::string& registration) {
    return {ErrorKind::kConflict,
            "aircraft.taken",
            "Conflict",
            Say("There is an aircraft {} already", registration),
            {{"registration", "aircraft.taken",
              "There is an aircraft with this registration already"}}};
}

void CheckAircraft(const Aircraft& aircraft, std::vector<FieldError>& errors) {
    const bool letters = std::ranges::all_of(aircraft.registration, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
    });
    if (!letters || aircraft.registration.size() < kShortest ||
        aircraft.registration.size() > kLongest)
        errors.push_back({"registration", "registration.invalid",
                          "A registration has 2 to 16 letters, digits and dashes"});
    if (!IsCleanText(aircraft.name, Lines::kOne) || CountCharacters(aircraft.name) > kLongestName)
        errors.push_back(
            {"name", "name.invalid", "A name has at most 100 characters, on one line"});
}

std::string MomentText(const std::optional<Millis>& at) { return at ? FormatRfc3339(*at) : ""; }

// {"name": ["old", "new"], …}
std::string AircraftChanges(const Aircraft& before, const Aircraft& after) {
    return DifferenceDetails(
        {{"registration", before.registration, after.registration},
         {"name", before.name, after.name},
         {"retired_at", MomentText(before.retired_at), MomentText(after.retired_at)}});
}

// Changes one aircraft under its lock and remembers what was changed; nothing if nothing was.
template <class Change>
Result<Aircraft> ChangeAircraft(World& world, const Actor& actor, std::string_view registration,
                                EventKind kind, std::optional<std::int64_t> expected_version,
                                Change change) {
    Aircraft changed;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        const auto before = FindAircraft(work, registration);
        if (!before) return NoSuchAircraft();
        if (expected_version && *expected_version != before->version) return ChangedMeanwhile();
        changed = *before;
        change(changed, now);
        const std::string details = AircraftChanges(*before, changed);
        if (details == "{}") return {};
        const auto saved = work.aircraft.Save(changed);
        if (!saved.ok())
            return saved.error().reason == "aircraft.taken"
                       ? TakenRegistration(changed.registration)
                       : saved.error();
        ++changed.version;
        work.events.Append(With(AboutAircraft(kind, actor, now, changed), details));
        return {};
    }));
    return changed;
}

}  // namespace

Result<Aircraft> AddAircraft(Permit<kAircraftWrite> permit, World& world,
                             std::string_view registration, std::string_view name) {
    Aircraft aircraft;
    aircraft.registration = NormalizeRegistration(registration);
    aircraft.name = Trim(name);
    std::vector<FieldError> errors;
    CheckAircraft(aircraft, errors);
    if (!errors.empty()) return InvalidFields(std::move(errors));
    aircraft.created_at = world.clock.Now();
    aircraft.id = NewUuid(world.random, aircraft.created_at);
    const auto stored = world.store.Transact([&](Work& work) -> Result<void> {
        TRY(work.aircraft.Add(aircraft));
        work.events.Append(AboutAircraft(EventKind::kAircraftAdded, permit.holder(),
                                         aircraft.created_at, aircraft));
        return {};
    });
    if (stored.ok()) return aircraft;
    if (stored.error().reason != "aircraft.taken") return stored.error();
    return TakenRegistration(aircraft.registration);
}

Result<Aircraft> RetireAircraft(Permit<kAircraftWrite> permit, World& world,
                                std::string_view registration,
                                std::optional<std::int64_t> expected_version) {
    return ChangeAircraft(world, permit.holder(), registration, EventKind::kAircraftRetired,
                          expected_version, [](Aircraft& aircraft, Millis now) {
                              if (!aircraft.retired_at) aircraft.retired_at = now;
                          });
}

Result<Aircraft> ReturnAircraft(Permit<kAircraftWrite> permit, World& world,
                                std::string_view registration,
                                std::optional<std::int64_t> expected_version) {
    return ChangeAircraft(world, permit.holder(), registration, EventKind::kAircraftReturned,
                          expected_version,
                          [](Aircraft& aircraft, Millis) { aircraft.retired_at.reset(); });
}

Result<Aircraft> EditAircraft(Permit<kAircraftWrite> permit, World& world,
                              std::string_view known_as,
                              std::optional<std::string_view> registration,
                              std::optional<std::string_view> name,
                              std::optional<std::int64_t> expected_version) {
    Aircraft wanted;
    wanted.registration = NormalizeRegistration(registration.value_or(known_as));
    wanted.name = Trim(name.value_or(""));
    std::vector<FieldError> errors;
    CheckAircraft(wanted, errors);
    if (!registration)
        std::erase_if(errors,
                      [](const FieldError& wrong) { return wrong.field == "registration"; });
    if (!errors.empty()) return InvalidFields(std::move(errors));
    return ChangeAircraft(world, permit.holder(), known_as, EventKind::kAircraftEdited,
                          expected_version, [&](Aircraft& aircraft, Millis) {
                              if (registration) aircraft.registration = wanted.registration;
                              if (name) aircraft.name = wanted.name;
                          });
}

Result<void> DeleteAircraft(Permit<kAircraftWrite> permit, World& world,
                            std::string_view registration) {
    return world.store.Transact([&](Work& work) -> Result<void> {
        const auto aircraft = FindAircraft(work, registration);
        if (!aircraft) return NoSuchAircraft();
        if (!work.aircraft.Delete(aircraft->id))
            return Error{ErrorKind::kConflict, "aircraft.in_use", "Conflict",
                         Say("People or codes hold a role on {}; retire it instead",
                             aircraft->registration)};
        work.events.Append(With(AboutAircraft(EventKind::kAircraftDeleted, permit.holder(),
                                              world.clock.Now(), *aircraft),
                                AircraftChanges(*aircraft, Aircraft{})));
        return {};
    });
}

Result<AircraftAccess> GetAircraftAccess(Permit<kAircraftWrite>, World& world,
                                         std::string_view registration,
                                         std::string_view holders_after) {
    constexpr std::size_t kPage = 50, kCodes = 50;
    const Millis now = world.clock.Now();
    std::optional<AircraftAccess> found;
    world.store.Read([&](Work& work) {
        auto aircraft = FindAircraft(work, registration);
        if (!aircraft) return;
        AircraftAccess& access = found.emplace();
        access.aircraft = *std::move(aircraft);
        access.holders =
            work.aircraft.Holders(access.aircraft.id, Fold(holders_after), kPage + 1, now);
        access.more_holders = access.holders.size() > kPage;
        if (access.more_holders) access.holders.pop_back();
        for (const AircraftCode& granting : work.aircraft.GrantingCodes(access.aircraft.id, kCodes))
            if (auto code = work.codes.Find(granting.id); code && IsLiving(*code, now))
                access.codes.push_back({*std::move(code), granting.role});
    });
    if (!found) return NoSuchAircraft();
    return *std::move(found);
}

Result<std::map<std::string, std::int64_t>> CountAircraftHolders(Permit<kAircraftWrite>,
                                                                 World& world) {
    std::map<std::string, std::int64_t> counts;
    world.store.Read([&](Work& work) { counts = work.aircraft.CountHolders(); });
    return counts;
}

Result<Aircraft> GetAircraft(Permit<kAircraftRead>, World& world, std::string_view registration) {
    std::optional<Aircraft> found;
    world.store.Read([&](Work& work) { found = FindAircraft(work, registration); });
    if (!found) return NoSuchAircraft();
    return *std::move(found);
}

Result<std::vector<Aircraft>> ListAircraft(Permit<kAircraftRead>, World& world) {
    std::vector<Aircraft> fleet;
    world.store.Read([&](Work& work) { fleet = work.aircraft.List(); });
    return fleet;
}

}  // namespace ostiary
