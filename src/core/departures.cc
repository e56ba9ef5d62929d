#include "core/departures.h"

#include <algorithm>
#include <array>

#include "core/account_changes.h"
#include "core/accounts.h"
#include "core/authority.h"
#include "core/code_changes.h"
#include "core/happenings.h"
#include "core/recalls.h"
#include "core/recalls_scope.h"
#include "core/sessions.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kTogether = 100;  // changed in one transaction
constexpr std::string_view kRevokedBecause = "Whoever made them has left";

Error Blame(std::string reason, Sentence message) {
    return InvalidFields({{"hand_over_to", std::move(reason), std::move(message)}});
}

// Who takes the codes, as they are now.
Result<Account> FindHeir(World& world, std::string_view leaver, std::string_view typed) {
    const std::string_view name = Trim(typed);
    if (name.empty()) return Blame("heir.required", "Say who takes the codes");
    if (!IsCleanText(name, Lines::kOne))
        return Blame("account.unknown", "There is no such account");
    std::optional<Account> heir;
    world.store.Read([&](Work& work) {
        heir = work.accounts.FindByUsername(Fold(name));
        if (!heir) heir = work.accounts.Find(name);
    });
    if (!heir) return Blame("account.unknown", "There is no such account");
    if (heir->id == leaver) return Blame("heir.same", "Choose somebody else to take the codes");
    if (!heir->IsActiveAt(world.clock.Now()))
        return Blame("heir.inactive", "This account is locked out; choose somebody else");
    if (!MakeActor(world.config.catalogue, *heir, {}).May(kCodesWrite))
        return Blame("heir.may_not", "They may not make codes; choose somebody who may");
    return *std::move(heir);
}

// Who stands behind the code after it became the heir's: whoever approved it, or else the heir.
Result<void> JudgeAnew(Work& work, const Config& config, const Account& heir, Code& code) {
    code.created_by_id = heir.id;
    code.created_by = heir.username;
    if (code.approved_by == heir.username) code.approved_by.clear();
    if (code.approval != Approval::kApproved || !code.approved_by.empty()) return {};
    const Authority authority =
        AuthorityOf(config.catalogue, heir, work.accounts.AircraftRoles(heir.id));
    if (authority.Covers(config.catalogue, code.role, code.task_group, code.aircraft_roles))
        return {};
    if (config.approvals == ApprovalRule::kNever)
        return CodeConflict("role.exceeds",
                            "It grants more than they may, and nothing is approved");
    code.approval = Approval::kPending;
    return {};
}

class HandingOver {
public:
    HandingOver(World& world, const Actor& actor, std::string_view leaver, const Account& heir)
        : world_(world), actor_(actor), leaver_(leaver), heir_(heir) {}

    Result<HandedOver> Run() {
        Recall all;
        all.scope = RecallScope::kPerson;
        all.subject = leaver_;
        HandedOver sum;
        sum.heir = heir_.username;
        TRY(RecallWalk(world_, all)
                .EachCode(kTogether, [&](std::span<const CodeId> ids) -> Result<void> {
                    HandedOver bundle;  // the body may run again
                    TRY(world_.store.Transact([&](Work& work) -> Result<void> {
                        bundle = {};
                        for (const CodeId id : ids) HandOver(work, id, sum.waiting, bundle);
                        return {};
                    }));
                    sum.codes += bundle.codes;
                    sum.waiting += bundle.waiting;
                    std::ranges::move(bundle.spared, std::back_inserter(sum.spared));
                    return {};
                }));
        return sum;
    }

private:
    // Approvers are asked by the first that waits.
    void HandOver(Work& work, CodeId id, std::size_t waiting_before, HandedOver& bundle) {
        const Millis now = world_.clock.Now();
        const auto before = work.codes.FindForUpdate(id);
        if (!before || before->deleted_at || before->created_by_id != leaver_) return;
        if (!CodeItem(*before, now).spared.empty()) return;  // nobody could use it
        Code after = *before;
        if (const auto judged = JudgeAnew(work, world_.config, heir_, after); !judged.ok()) {
            bundle.spared.push_back(
                {id, ShortName(*before), judged.error().reason, judged.error().details});
            return;
        }
        after.updated_at = now;
        ++after.version;
        work.codes.Save(after);
        work.events.Append(
            With(About(Happened(EventKind::kCodeHandedOver, actor_, now), after),
                 DifferenceDetails({{"created_by", before->created_by, after.created_by},
                                    {"approval", NameOf(before->approval), NameOf(after.approval)},
                                    {"approved_by", before->approved_by, after.approved_by}})));
        ++bundle.codes;
        if (after.approval != Approval::kPending) return;
        const bool is_first = waiting_before + bundle.waiting == 0;
        if (is_first && before->approval != Approval::kPending)
            AskForApproval(work, world_, actor_, after);
        ++bundle.waiting;
    }

    World& world_;
    const Actor& actor_;
    const std::string leaver_;
    const Account& heir_;
};

}  // namespace

std::optional<LeftCodes> FindLeftCodes(std::string_view name) {
    constexpr std::array<std::string_view, 3> kNames = {"keep", "revoke", "hand-over"};
    const auto found = std::ranges::find(kNames, name);
    if (found == kNames.end()) return std::nullopt;
    return static_cast<LeftCodes>(found - kNames.begin());
}

Result<std::int64_t> CountLeftCodes(Permit<kUsersWrite>, World& world, std::string_view id) {
    std::int64_t count = 0;
    world.store.Read([&](Work& work) {
        count = work.recalls.CountLiveCodes(id, world.clock.Now(), kMostCodesChosen);
    });
    return count;
}

Result<HandedOver> HandOverCodes(Permit<kUsersWrite> permit, World& world, std::string_view id,
                                 std::string_view heir) {
    const Account taker = TRY(FindHeir(world, id, heir));
    return HandingOver(world, permit.holder(), id, taker).Run();
}

Result<Departed> DeactivateLeaver(Permit<kUsersWrite> permit, World& world, std::string_view id,
                                  const Departure& departure,
                                  std::optional<std::int64_t> expected_version) {
    const Actor& actor = permit.holder();
    std::optional<Account> heir;
    if (departure.codes == LeftCodes::kHandOver) heir = TRY(FindHeir(world, id, departure.heir));
    if (departure.codes == LeftCodes::kRevoke) TRY(actor.Ask<kCodesWrite>());
    Departed departed;
    departed.account = TRY(DeactivateAccount(permit, world, id, expected_version));
    if (heir) departed.handed_over = TRY(HandingOver(world, actor, id, *heir).Run());
    if (departure.codes == LeftCodes::kRevoke) {
        RecallAsked asked;
        asked.scope = NameOf(RecallScope::kPerson);
        asked.subject = departed.account.id;
        asked.reason = kRevokedBecause;
        departed.recall_id =
            TRY(RunRecall(TRY(actor.Ask<kCodesWrite>()), world, ScopeOf(actor, world), asked))
        .id;
    }
    return departed;
}

}  // namespace ostiary
