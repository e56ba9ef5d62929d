#pragma once

// Who looks at an invitation (REP-3): each browser is counted once, and what only shows a link to
// somebody is counted apart. Which codes a browser has opened it says itself, in a sealed cookie
// that ends with the browser.

#include "core/visits.h"
#include "http/message.h"

namespace ostiary::pages {

// Whether a browser asks for somebody, by its headers; else it is a program that unfurls links,
// reads mail before its reader, or fetches ahead.
bool IsByPerson(const Request&);

void CountOpened(const Request&, World&, CodeId, Response&);
// Of the code, or of the one that the browser has opened last.
void CountStarted(const Request&, World&, CodeId, Response&);
void CountStarted(const Request&, World&, Response&);

}  // namespace ostiary::pages
