#include "pages/aircraft_views.h"

#include "http/forms.h"
#include "pages/codes_looks.h"
#include "pages/filters.h"
#include "pages/language.h"
#include "pages/words.h"

namespace ostiary::pages {
namespace {

const std::string kFleet = std::string(PortalOf(PortalId::kAdmin).home) + "aircraft/";

std::string ManyOf(const Scene& scene) {
    std::string plural = scene.catalogue().aircraft_noun_plural;
    if (!plural.empty() && plural[0] >= 'a' && plural[0] <= 'z')
        plural[0] = static_cast<char>(plural[0] - 32);
    return plural;
}

void SetAircraft(View& view, const Scene& scene, const Aircraft& aircraft) {
    const std::string path = AircraftPath(aircraft.registration);
    view.Set("REGISTRATION", aircraft.registration)
        .Set("AIRCRAFT_NAME", aircraft.name)
        .Flag("RETIRED", aircraft.retired_at.has_value());
    view.Set("HERE_URL", path)
        .Set("RETIRE_URL", path + "retire/")
        .Set("RETURN_URL", path + "return/");
    view.Set("TONE", aircraft.retired_at ? "inactive" : "active")
        .Set("ICON", aircraft.retired_at ? "pause" : "check")
        .Set("STATUS", aircraft.retired_at ? T("Retired") : T("Active"));
    SetMoment(view, "CREATED", aircraft.created_at, scene);
    SetMoment(view, "RETIRED_AT", aircraft.retired_at, scene);
}

void AddFields(View& view, const Fields& typed, const std::optional<Error>& error) {
    const std::vector<FieldError> none;
    const auto& errors = error ? error->fields : none;
    AddField(view, "FIELDS", "aircraft",
             {"word",
              "registration",
              T("Registration"),
              T("Letters, digits and dashes, such as N12345."),
              Typed(typed, "registration"),
              {},
              "off",
              "required",
              "16"},
             errors);
    AddField(view, "FIELDS", "aircraft",
             {"text",
              "name",
              T("Name"),
              T("Such as “Cessna 172, blue”."),
              Typed(typed, "name"),
              {},
              "off",
              "",
              "100"},
             errors);
    SetErrors(view, "aircraft", error ? &*error : nullptr);
}

std::string HoldersInWords(std::int64_t count) { return TN("{} person", "{} people", count); }

}  // namespace

std::string AircraftPath(std::string_view registration) {
    return kFleet + EncodeQueryValue(registration) + "/";
}

Fields FieldsOf(const Aircraft& aircraft) {
    return Fields({{"registration", aircraft.registration}, {"name", aircraft.name}});
}

View ViewOf(const Scene& scene, const FleetPage& page) {
    View view("aircraft/list");
    view.Set("TITLE", ManyOf(scene)).Set("AIRCRAFT_NOUN", scene.catalogue().aircraft_noun);
    Filters filters(kFleet);
    filters.Search("search", T("Search"), page.search)
        .Choice("state", T("Status"), T("Any status"),
                {{"active", T("Active")}, {"retired", T("Retired")}}, page.state);
    filters.AddTo(view);
    AddFields(view, page.typed, page.error);
    view.Flag("ANY_AT_ALL", page.any_at_all).List("ROWS");
    for (const Aircraft& aircraft : page.fleet) {
        View& row = view.Add("ROWS");
        SetAircraft(row, scene, aircraft);
        const auto holders = page.holders.find(aircraft.id);
        row.Set("HOLDERS",
                holders == page.holders.end() ? T("Nobody") : HoldersInWords(holders->second));
    }
    return view;
}

View ViewOf(const Scene& scene, const AircraftPage& page) {
    View view("aircraft/detail");
    const Aircraft& aircraft = page.access.aircraft;
    SetAircraft(view, scene, aircraft);
    view.Set("TITLE", aircraft.registration)
        .Set("LIST_URL", kFleet)
        .Set("LIST_TITLE", ManyOf(scene))
        .Set("AIRCRAFT_NOUN", scene.catalogue().aircraft_noun);
    AddFields(view, page.typed, page.error);
    view.List("HOLDERS").List("CODES");
    for (const AircraftHolder& holder : page.access.holders) {
        View& row = view.Add("HOLDERS");
        row.Set("USER_URL", "/admin/users/" + holder.account_id + "/")
            .Set("USERNAME", holder.username)
            .Set("USER_NAME", holder.name)
            .Set("AIRCRAFT_ROLE", AircraftRoleLabel(scene.catalogue(), holder.role))
            .Flag("IS_ACTIVE", holder.is_active);
        SetMoment(row, "SINCE", holder.granted_at, scene);
    }
    view.Set("MORE_URL", page.access.more_holders
                             ? AircraftPath(aircraft.registration) +
                                   "?after=" + EncodeQueryValue(page.access.holders.back().username)
                             : "");
    for (const AircraftAccess::Granting& granting : page.access.codes) {
        View& row = view.Add("CODES");
        SetCode(row, scene, granting.code);
        row.Set("AIRCRAFT_ROLE", AircraftRoleLabel(scene.catalogue(), granting.role));
    }
    return view;
}

View ViewOf(const Scene& scene, const AircraftAskPage& page) {
    View view("aircraft/ask");
    SetAircraft(view, scene, page.access.aircraft);
    const auto holders = static_cast<std::int64_t>(page.access.holders.size());
    const auto codes = static_cast<std::int64_t>(page.access.codes.size());
    view.Set("TITLE", T("Retire {}", page.access.aircraft.registration));
    view.Set("HOLDERS_KEEP", page.access.more_holders ? T("Everybody who has access keeps it.")
                             : holders == 0
                                 ? T("Nobody has access to it.")
                                 : TN("The {} person who has access keeps it.",
                                      "The {} people who have access keep it.", holders));
    view.Set("CODES_KEEP", codes == 0
                               ? std::string()
                               : TN("{} code that grants it already goes on granting it.",
                                    "{} codes that grant it already go on granting it.", codes));
    return view;
}

}  // namespace ostiary::pages
