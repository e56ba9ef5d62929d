#pragma once

// A code between JSON and the core: what a body says of one, what a query asks of them, and how one
// is shown.

#include "api/answers.h"
#include "api/binder.h"
#include "core/codes.h"

namespace ostiary::api {

CodeId CodeIdOf(const Request&);  // of the path; 0, which is no code's, if it is no number
Thing ThingOf(const World&, const Code&);

CodeDraft BindTerms(Binder&);    // what codes and templates have in common
CodeDraft BindModel(Binder&);    // and what codes for different people have in common
CodeDraft BindCode(Binder&);     // what can be edited
CodeDraft BindNewCode(Binder&);  // the same, and a chosen code

// The filters of the list, by their names; orders, cursors and counts are the list's own.
CodeQuery BindFilter(Binder&);

}  // namespace ostiary::api
