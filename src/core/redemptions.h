#pragma once

// Claims that arrive together are decided together, in one transaction (REG-6).

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/codes.h"
#include "core/store.h"
#include "util/config.h"

namespace ostiary {

// One answer per claim, in order: the redemption, the earlier one of the same subject, or why not.
std::vector<Result<Redemption>> RedeemTogether(Work&, std::span<const SubjectClaim>,
                                               const Catalogue&, Millis now);

// Whether somebody vouches for what the code grants, today (CODE-11): whoever approved it, or its
// creator with the authority they have now. `known` remembers creators within one group.
bool CreatorStillCovers(Work&, const Catalogue&, const Code&,
                        std::map<std::string, std::optional<Authority>>& known);

}  // namespace ostiary
