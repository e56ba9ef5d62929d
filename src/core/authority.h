#pragma once

// Whose codes somebody works with, what they may hand out, and who stands behind a code after a
// change.

#include "core/codes.h"

namespace ostiary {

// As the person is now; the console, which has no account, holds everything.
Authority AuthorityOfActor(Work&, const Catalogue&, const Actor&);

// PERM-5, APPR-1: whether the code waits until somebody vouches for it, by the rule that is set.
// Whoever changes what another's code grants vouches for it, as an approver does. Where nothing is
// approved, a field error role.exceeds, task_group.exceeds or aircraft_roles.exceeds.
Result<void> JudgeGrants(const Authority& own, const Config&, const Actor&, Code&);
// The same after a change, where widening who may come in counts as much as what they get.
Result<void> JudgeChange(const Authority& own, const Config&, const Actor&, const Code& before,
                         Code& after);

bool IsOwn(const Actor&, const Code&);  // the console owns none

// Every active superuser but the actor: whom a code that waits is shown to.
std::vector<Account> ApproversBesides(Work&, const Actor&, Millis now);

// Whether the actor may know the code itself: theirs, or one whose grants they could give.
bool MayHandOut(const Authority& own, const Catalogue&, const Actor&, const Code&);
// Empties the code and the link of whoever may not.
void RedactFor(const Authority& own, const Catalogue&, const Actor&, Code&);

}  // namespace ostiary
