#include "core/quotas.h"

#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::int64_t kLargestQuota = 1'000'000;

// Whether whoever asks made the codes themselves.
enum class Whose : std::uint8_t { kOwn, kOthers };

Error Exceeded(std::string reason, Sentence details) {
    return {ErrorKind::kConflict, std::move(reason), "Conflict", std::move(details)};
}

Result<void> CheckCodes(const Quota& quota, const CodeLoad& load, const CodeLoad& more,
                        Whose whose) {
    if (quota.codes == 0 || more.codes <= 0 || load.codes + more.codes <= quota.codes) return {};
    if (whose == Whose::kOwn)
        return Exceeded("quota.codes",
                        Say("You may have {} live codes; {} are live and this makes {}",
                            quota.codes, load.codes, more.codes));
    return Exceeded(
        "quota.codes",
        Say("Whoever made this code may have {} live codes; {} are live and this makes {}",
            quota.codes, load.codes, more.codes));
}

Result<void> CheckUses(const Quota& quota, const CodeLoad& load, const CodeLoad& more,
                       Whose whose) {
    const bool adds = more.unlimited > 0 || (more.unlimited == 0 && more.uses > 0);
    if (quota.uses == 0 || !adds) return {};
    if (more.unlimited > 0)
        return Exceeded("quota.unlimited",
                        Say("At most {} uses may be outstanding, so a code needs a number of uses",
                            quota.uses));
    if (load.unlimited > 0)
        return Exceeded("quota.uses",
                        Say("At most {} uses may be outstanding, and {} live codes have no limit",
                            quota.uses, load.unlimited));
    if (load.uses + more.uses <= quota.uses) return {};
    if (whose == Whose::kOwn)
        return Exceeded("quota.uses",
                        Say("You may have {} uses outstanding; {} are and this makes {}",
                            quota.uses, load.uses, more.uses));
    return Exceeded("quota.uses", Say("Whoever made this code may have {} uses outstanding; {} are "
                                      "and this makes {}",
                                      quota.uses, load.uses, more.uses));
}

// Whose quota it is, if there is any to ask.
std::optional<Account> CountedAgainst(Work& work, const World& world, const Actor& actor,
                                      const std::string& creator_id, const CodeLoad& more) {
    const bool is_free = actor.account_id.empty() || actor.is_superuser || creator_id.empty();
    if (is_free || (more.codes <= 0 && more.uses <= 0 && more.unlimited <= 0)) return {};
    auto creator = work.accounts.Find(creator_id);
    if (!creator || QuotaOf(world.config, *creator).IsNone()) return {};
    return creator;
}

Result<void> Judge(Work& work, const World& world, const Actor& actor, const Account& creator,
                   const CodeLoad& more) {
    const Quota quota = QuotaOf(world.config, creator);
    const CodeLoad load = work.codes.LoadOf(creator.id, world.clock.Now());
    const Whose whose = creator.id == actor.account_id ? Whose::kOwn : Whose::kOthers;
    TRY(CheckCodes(quota, load, more, whose));
    return CheckUses(quota, load, more, whose);
}

}  // namespace

Quota QuotaOf(const Config& config, const Account& account) {
    if (account.is_superuser) return {};
    return {account.quota_codes.value_or(config.quota_codes),
            account.quota_uses.value_or(config.quota_uses)};
}

CodeLoad LoadOf(const Code& code, Millis now) {
    const bool is_live = !code.deleted_at && !code.deactivated_at &&
                         code.approval != Approval::kRejected &&
                         (!code.expires_at || now < *code.expires_at) &&
                         (!code.max_uses || code.used_count < *code.max_uses);
    if (!is_live) return {};
    if (!code.max_uses) return {1, 0, 1};
    return {1, *code.max_uses - code.used_count, 0};
}

CodeLoad operator-(const CodeLoad& a, const CodeLoad& b) {
    return {a.codes - b.codes, a.uses - b.uses, a.unlimited - b.unlimited};
}

CodeLoad operator*(const CodeLoad& load, std::int64_t times) {
    return {load.codes * times, load.uses * times, load.unlimited * times};
}

Result<void> JudgeQuota(Work& work, const World& world, const Actor& actor,
                        const std::string& creator_id, const CodeLoad& more) {
    const auto creator = CountedAgainst(work, world, actor, creator_id, more);
    if (!creator) return {};
    return Judge(work, world, actor, *creator, more);
}

Result<void> CheckQuota(Work& work, const World& world, const Actor& actor,
                        const std::string& creator_id, const CodeLoad& more) {
    if (!CountedAgainst(work, world, actor, creator_id, more)) return {};
    // Whoever holds it is alone; what others have made is counted after them.
    const auto creator = work.accounts.FindForUpdate(creator_id);
    if (!creator) return {};
    return Judge(work, world, actor, *creator, more);
}

std::optional<QuotaLeft> OwnQuota(Permit<kCodesWrite> permit, World& world) {
    const Actor& actor = permit.holder();
    std::optional<QuotaLeft> left;
    world.store.Read([&](Work& work) {
        left.reset();
        const auto account = work.accounts.Find(actor.account_id);
        if (!account || QuotaOf(world.config, *account).IsNone()) return;
        left = QuotaLeft{QuotaOf(world.config, *account),
                         work.codes.LoadOf(account->id, world.clock.Now())};
    });
    return left;
}

void ApplyQuota(const AccountDraft& draft, Account& account, std::vector<FieldError>& errors) {
    const auto apply = [&](std::string_view field, const std::optional<std::string>& typed,
                           std::optional<std::int64_t>& quota) {
        if (!typed) return;
        const std::string_view text = Trim(*typed);
        const auto number = ParseInt(text);
        if (text.empty())
            quota.reset();
        else if (!number || *number < 0 || *number > kLargestQuota)
            errors.push_back({std::string(field), std::string(field) + ".invalid",
                              Say("This is a whole number from 0 to {}; 0 means any number, and "
                                  "blank means as usual",
                                  kLargestQuota)});
        else
            quota = number;
    };
    apply("quota_codes", draft.quota_codes, account.quota_codes);
    apply("quota_uses", draft.quota_uses, account.quota_uses);
}

}  // namespace ostiary
