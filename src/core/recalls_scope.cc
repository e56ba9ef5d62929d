#include "core/recalls_scope.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/accounts.h"
#include "core/code_changes.h"
#include "core/codes_bulk.h"
#include "util/calendar.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kLongestReason = 500, kMostInBranch = 100'000, kLookedAtTogether = 500;

// A day alone means its beginning.
std::optional<Millis> MomentOf(std::string_view typed, std::string_view time_zone) {
    if (const auto day = ParseDay(typed)) return Calendar(time_zone).StartOf(*day);
    return ParseMoment(typed, time_zone);
}

std::string WhySpareCode(const Code& code, Millis now) {
    if (code.approval == Approval::kRejected) return "code.rejected";
    if (code.deactivated_at) return "code.inactive";
    const CodeStatus status = StatusAt(code, now);
    if (status == CodeStatus::kExpired) return "code.expired";
    if (status == CodeStatus::kExhausted) return "code.exhausted";
    return {};
}

std::string WhySpareAccount(const Actor& actor, const Account& account, Millis now) {
    if (account.id == actor.account_id) return "account.self";
    if (account.is_superuser) return "account.superuser";
    if (!account.IsActiveAt(now)) return "account.inactive";
    return {};
}

Result<RecallSubject> FindCode(World& world, const CodeScope& scope, Recall& recall) {
    const auto id = ParseInt(recall.subject);
    if (!id || *id < 1) return CodeNotFound();
    std::optional<Code> code;
    world.store.Read([&](Work& work) { code = work.codes.Find(*id); });
    if (!code || code->deleted_at || !IsWithin(scope, *code)) return CodeNotFound();
    return RecallSubject{ShortName(*code), {}, code->id};
}

Result<RecallSubject> FindBatch(World& world, const CodeScope& scope, Recall& recall) {
    if (!IsCleanText(recall.subject, Lines::kOne)) return NoSuchBatch();
    std::optional<Code> code;
    world.store.Read([&](Work& work) {
        code.reset();
        CodeId after = 0;
        for (std::size_t found = kLookedAtTogether; found == kLookedAtTogether && !code;) {
            const auto ids =
                work.recalls.ListCodesOfBatch(recall.subject, after, kLookedAtTogether);
            found = ids.size();
            if (!ids.empty()) after = ids.back();
            for (const CodeId id : ids) {
                auto one = work.codes.Find(id);
                if (one && IsWithin(scope, *one)) code = std::move(one);
                if (code) break;
            }
        }
    });
    if (!code) return NoSuchBatch();
    return RecallSubject{ShortName(*code), {}, 0};
}

Result<RecallSubject> FindPerson(World& world, const Actor& actor, Recall& recall) {
    const auto permit = TRY(actor.Ask<kUsersRead>());
    auto found = GetAccountByUsername(permit, world, recall.subject);
    if (!found.ok()) found = GetAccount(permit, world, recall.subject);
    if (!found.ok()) {
        if (found.error().kind != ErrorKind::kNotFound) return found.error();
        return InvalidFields({{"subject", "account.unknown", "There is no such account"}});
    }
    recall.subject = found->account.id;
    return RecallSubject{found->account.username, found->account.id, 0};
}

// Codes and accounts, as a preview shows them.
class Looking {
public:
    Looking(World& world, const Actor& actor, const CodeScope& scope, RecallPreview& preview)
        : world_(world), actor_(actor), scope_(scope), preview_(preview) {}

    void LookAt(std::span<const CodeId> ids) {
        const RecallPreview before = preview_;
        world_.store.Read([&](Work& work) {
            preview_ = before;
            for (const CodeId id : ids) {
                const auto code = work.codes.Find(id);
                if (!code || code->deleted_at || !IsWithin(scope_, *code)) continue;
                RecallItem item = CodeItem(*code, world_.clock.Now());
                ++(item.spared.empty() ? preview_.tally.codes : preview_.tally.codes_spared);
                if (preview_.codes.size() < kRecallItemsShown)
                    preview_.codes.push_back({std::move(item), code->label, {}, {}});
            }
        });
    }

    void LookAt(std::span<const std::string> ids) {
        preview_.came += static_cast<std::int64_t>(ids.size());
        if (!preview_.recall.deactivates_accounts) return;
        const RecallPreview before = preview_;
        world_.store.Read([&](Work& work) {
            preview_ = before;
            for (const std::string& id : ids) {
                const auto account = work.accounts.Find(id);
                if (!account) continue;
                RecallItem item = AccountItem(actor_, *account, world_.clock.Now());
                ++(item.spared.empty() ? preview_.tally.accounts : preview_.tally.accounts_spared);
                if (preview_.accounts.size() < kRecallItemsShown)
                    preview_.accounts.push_back(
                        {std::move(item), account->username, account->name, account->joined_at});
            }
        });
    }

private:
    World& world_;
    const Actor& actor_;
    const CodeScope& scope_;
    RecallPreview& preview_;
};

}  // namespace

Result<Recall> RecallOf(const World& world, const Actor& actor, const RecallAsked& asked) {
    Recall recall;
    std::vector<FieldError> errors;
    const auto scope = std::ranges::find(kRecallScopes, asked.scope);
    if (scope == kRecallScopes.end())
        errors.push_back(
            {"scope", "scope.unknown", "Scope must be one of: code, batch, person, branch"});
    else
        recall.scope = static_cast<RecallScope>(scope - kRecallScopes.begin());
    recall.subject = Trim(asked.subject);
    if (recall.subject.empty())
        errors.push_back({"subject", "subject.required", "Say whose or which codes are meant"});
    const std::string_view since = Trim(asked.since);
    const auto moment = since.empty() ? std::optional<Millis>(0) : MomentOf(since, actor.time_zone);
    if (!moment)
        errors.push_back({"since", "since.invalid",
                          "Since must be a day or a moment, such as 2026-11-01 or "
                          "2026-11-01T08:00:00Z"});
    else if (*moment > world.clock.Now())
        errors.push_back({"since", "since.future", "Since must lie in the past"});
    recall.since = std::max<Millis>(moment.value_or(0), 0);
    recall.reason = Trim(asked.reason);
    if (!IsCleanText(recall.reason, Lines::kMany))
        errors.push_back(
            {"reason", "reason.invalid", "Reason has characters that cannot be shown"});
    else if (CountCharacters(recall.reason) > kLongestReason)
        errors.push_back(
            {"reason", "reason.long", Say("Reason has at most {} characters", kLongestReason)});
    constexpr std::size_t kUuidLength = 36;
    if (!asked.id.empty() && (asked.id.size() != kUuidLength || !IsVisibleWord(asked.id)))
        errors.push_back({"id", "id.invalid", "Id must be the one that the form came with"});
    if (!errors.empty()) return InvalidFields(std::move(errors));
    recall.revokes_codes = asked.revoke_codes;
    recall.deactivates_accounts = asked.deactivate_accounts;
    return recall;
}

Result<RecallSubject> FindSubject(World& world, const Actor& actor, const CodeScope& scope,
                                  const RecallAsked&, Recall& recall) {
    switch (recall.scope) {
        case RecallScope::kCode: return FindCode(world, scope, recall);
        case RecallScope::kBatch: return FindBatch(world, scope, recall);
        default: return FindPerson(world, actor, recall);
    }
}

RecallSubject SubjectOf(Work& work, const Recall& recall) {
    RecallSubject subject;
    if (recall.scope == RecallScope::kBatch) {
        const auto first = work.recalls.ListCodesOfBatch(recall.subject, 0, 1);
        const auto code = first.empty() ? std::nullopt : work.codes.Find(first.front());
        if (code) subject.name = ShortName(*code);
    } else if (recall.scope == RecallScope::kCode) {
        const auto code = work.codes.Find(ParseInt(recall.subject).value_or(0));
        if (code) subject = {ShortName(*code), {}, code->id};
    } else if (const auto account = work.accounts.Find(recall.subject)) {
        subject = {account->username, account->id, 0};
    }
    return subject;
}

RecallItem CodeItem(const Code& code, Millis now) {
    RecallItem item;
    item.code_id = code.id;
    item.spared = WhySpareCode(code, now);
    return item;
}

RecallItem AccountItem(const Actor& actor, const Account& account, Millis now) {
    RecallItem item;
    item.account_id = account.id;
    item.spared = WhySpareAccount(actor, account, now);
    return item;
}

Sentence WhySpared(std::string_view reason) {
    if (reason == "code.rejected") return "It was rejected, and nobody can use it";
    if (reason == "code.inactive") return "It was switched off already";
    if (reason == "code.expired") return "It has expired already";
    if (reason == "code.exhausted") return "It is used up already";
    if (reason == "code.deleted") return "It was deleted since";
    if (reason == "code.changed") return "Somebody has changed it since";
    if (reason == "code.out_of_reach") return "It is not among your codes any more";
    if (reason == "account.self") return "This is you";
    if (reason == "account.superuser")
        return "Superusers are deactivated one by one, on their page";
    if (reason == "account.inactive") return "They were locked out already";
    if (reason == "account.deleted") return "The account was deleted since";
    if (reason == "account.changed") return "Somebody has changed this account since";
    return Sentence(std::string(reason));
}

std::vector<std::string> RecallWalk::Issuers() {
    std::vector<std::string> issuers{recall_.subject};
    if (recall_.scope != RecallScope::kBranch) return issuers;
    world_.store.Read([&](Work& work) {
        issuers.resize(1);
        std::ranges::move(work.recalls.ListBranch(recall_.subject, kMostInBranch),
                          std::back_inserter(issuers));
    });
    return issuers;
}

Result<void> RecallWalk::EachCode(
    std::size_t together, const std::function<Result<void>(std::span<const CodeId>)>& each) {
    if (recall_.scope == RecallScope::kCode) {
        const std::vector<CodeId> one{ParseInt(recall_.subject).value_or(0)};
        return each(one);
    }
    const bool is_batch = recall_.scope == RecallScope::kBatch;
    for (const std::string& issuer : Issuers()) {
        CodeId after = 0;
        for (std::size_t found = together; found == together;) {
            std::vector<CodeId> ids;
            world_.store.Read([&](Work& work) {
                ids = is_batch ? work.recalls.ListCodesOfBatch(issuer, after, together)
                               : work.recalls.ListCodesIssuedBy(issuer, after, together);
            });
            found = ids.size();
            if (ids.empty()) break;
            after = ids.back();
            TRY(each(ids));
        }
    }
    return {};
}

Result<void> RecallWalk::EachAccount(
    std::size_t together, const std::function<Result<void>(std::span<const std::string>)>& each) {
    for (const std::string& issuer : Issuers()) {
        std::string after;
        for (std::size_t found = together; found == together;) {
            std::vector<std::string> ids;
            world_.store.Read([&](Work& work) {
                ids = work.recalls.ListAccounts(recall_.scope, issuer, recall_.since, after,
                                                together);
            });
            found = ids.size();
            if (ids.empty()) break;
            after = ids.back();
            TRY(each(ids));
        }
    }
    return {};
}

Result<RecallPreview> PreviewRecall(Permit<kCodesWrite> permit, World& world,
                                    const CodeScope& scope, const RecallAsked& asked) {
    const Actor& actor = permit.holder();
    RecallPreview preview;
    preview.recall = TRY(RecallOf(world, actor, asked));
    if (preview.recall.deactivates_accounts) TRY(actor.Ask<kUsersWrite>());
    preview.subject_name = TRY(FindSubject(world, actor, scope, asked, preview.recall))
    .name;
    const Recall recall = preview.recall;
    RecallWalk walk(world, recall);
    Looking looking(world, actor, scope, preview);
    if (recall.revokes_codes)
        TRY(walk.EachCode(kLookedAtTogether, [&](std::span<const CodeId> ids) -> Result<void> {
            looking.LookAt(ids);
            return {};
        }));
    TRY(walk.EachAccount(kLookedAtTogether, [&](std::span<const std::string> ids) -> Result<void> {
        looking.LookAt(ids);
        return {};
    }));
    return preview;
}

}  // namespace ostiary
