#include "core/aircraft.h"

#include <algorithm>

#include "core/accounts.h"
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

Result<Aircraft> AddAircraft(Permit<kAircraftWrite> permit, World& world,
                             std::string_view registration, std::string_view name) {
    Aircraft aircraft;
    aircraft.registration = NormalizeRegistration(registration);
    aircraft.name = Trim(name);
    std::vector<FieldError> errors;
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
    return Error{ErrorKind::kConflict,
                 "aircraft.taken",
                 "Conflict",
                 Say("There is an aircraft {} already", aircraft.registration),
                 {{"registration", "aircraft.taken",
                   "There is an aircraft with this registration already"}}};
}

Result<Aircraft> RetireAircraft(Permit<kAircraftWrite> permit, World& world,
                                std::string_view registration) {
    Aircraft retired;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        const auto aircraft = FindAircraft(work, registration);
        if (!aircraft)
            return Error{ErrorKind::kNotFound, "aircraft.unknown", "Not found",
                         "There is no such aircraft"};
        retired = *aircraft;
        if (retired.retired_at) return {};
        retired.retired_at = world.clock.Now();
        TRY(work.aircraft.Save(retired));
        work.events.Append(AboutAircraft(EventKind::kAircraftRetired, permit.holder(),
                                         *retired.retired_at, retired));
        return {};
    }));
    return retired;
}

Result<std::vector<Aircraft>> ListAircraft(Permit<kAircraftRead>, World& world) {
    std::vector<Aircraft> fleet;
    world.store.Read([&](Work& work) { fleet = work.aircraft.List(); });
    return fleet;
}

}  // namespace ostiary
