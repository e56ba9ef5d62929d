#pragma once

// The form of a code: which fields it has in a portal, how they are filled, and what they say.

#include <string>
#include <utility>
#include <vector>

#include "core/codes.h"
#include "http/message.h"
#include "pages/forms.h"
#include "pages/scene.h"

namespace ostiary::pages {

// What a new code's form holds before anybody typed.
Fields BlankCode(const Scene&);
// The same with what an address brings: "?role=staff&max_uses=5".
Fields Prefilled(const Scene&, const Fields& asked);
// What a new code's form holds that shall be like another: all but for whom.
Fields LikeCode(const Scene&, const Code&);
// "Up to 5 people may join as Staff in Cleaning until 13 October. They become Pilot of N12345."
std::string CreateSentence(const Scene&, const Fields& typed);

// What an existing code's form holds.
Fields FieldsOf(const Code&, const Scene&);

// The fields of the form as texts; those that were not in it stay absent.
CodeDraft DraftOf(const Fields&);

// Fields that templates have too.
Field NotesField();
Field WelcomeField();
Field EmailDomainsField();
Field AccountDaysField();
Field TagsField();

// Lifetimes that are often chosen, as Field::quick has them.
std::vector<std::string> QuickDays();

// Adds FIELDS and ADVANCED (lists of fields) and AIRCRAFT_ROWS.
void AddCodeFields(View&, const Scene&, const Fields& typed, const std::vector<Aircraft>&,
                   const Error*);
void AddEditFields(View&, const Scene&, const Fields& typed, const Error*);

// AIRCRAFT_OPTIONS and AIRCRAFT_ROLE_OPTIONS, for one select each.
void AddAircraftOptions(View&, const Scene&, const std::vector<Aircraft>&, std::string_view chosen,
                        std::string_view role);

// The fields in which two forms differ: label, theirs, mine (CODE-8).
struct Difference {
    std::string label, saved, typed;
};
std::vector<Difference> DifferencesBetween(const Scene&, const Fields& saved, const Fields& typed);

}  // namespace ostiary::pages
