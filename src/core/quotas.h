#pragma once

// How many live codes, and how many outstanding uses, somebody may have at a time. Counted in the
// transaction that would make more of them, with the account held, so that two at once cannot pass
// together. Superusers and the console are free, whatever they do and to whose codes. Nothing is
// counted where a code is redeemed (docs/decisions/0029).

#include <cstdint>
#include <optional>
#include <vector>

#include "core/accounts.h"
#include "core/codes.h"

namespace ostiary {

struct Quota {
    std::int64_t codes = 0, uses = 0;  // 0: any number

    bool IsNone() const { return codes == 0 && uses == 0; }
};
Quota QuotaOf(const Config&, const Account&);

// What the code itself takes of its creator's.
CodeLoad LoadOf(const Code&, Millis now);
CodeLoad operator-(const CodeLoad&, const CodeLoad&);
CodeLoad operator*(const CodeLoad&, std::int64_t);

// Whether whoever made them may have so much more, judged by who makes it so. Holds the creator's
// account until the transaction ends. kConflict quota.codes, quota.uses, quota.unlimited.
Result<void> CheckQuota(Work&, const World&, const Actor&, const std::string& creator_id,
                        const CodeLoad& more);

// The same for a preview, which holds nothing.
Result<void> JudgeQuota(Work&, const World&, const Actor&, const std::string& creator_id,
                        const CodeLoad& more);

// What is left of one's own, for those who have a limit.
struct QuotaLeft {
    Quota quota;
    CodeLoad load;
};
std::optional<QuotaLeft> OwnQuota(Permit<Permission::kCodesWrite>, World&);

// Appends what is wrong with them to `errors`.
void ApplyQuota(const AccountDraft&, Account&, std::vector<FieldError>& errors);

}  // namespace ostiary
