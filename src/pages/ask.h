#pragma once

// What handlers ask of a request before they do anything.

#include <optional>
#include <string>

#include "core/codes.h"
#include "http/message.h"
#include "util/text.h"

namespace ostiary::pages {

// The permit of whoever is asking. The route let them in; the verb behind the page still wants
// proof.
template <Permission P>
Result<Permit<P>> PermitOf(const Request& request) {
    if (!request.actor)
        return Error{ErrorKind::kSignedOut, "session.none", "Authentication required",
                     "Log in first"};
    return request.actor->Ask<P>();
}

// {id} of a code; what is no number is no code.
inline Result<CodeId> CodeIdOf(const Request& request) {
    const auto id = ParseInt(request.PathValue("id"));
    if (!id || *id < 1)
        return Error{ErrorKind::kNotFound, "code.unknown", "Invite code not found",
                     "The requested invite code does not exist"};
    return *id;
}

inline DoorRules RulesHere(const Request& request, const World& world) {
    return RulesOf(*request.actor, *PortalAt(request.path), world);
}

// Whether a form can show what went wrong; everything else goes to the error page.
inline bool IsForTheForm(const Error& error) {
    return error.kind == ErrorKind::kInvalid || error.kind == ErrorKind::kConflict ||
           error.kind == ErrorKind::kStale;
}

}  // namespace ostiary::pages
