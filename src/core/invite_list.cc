#include "core/invite_list.h"

#include <algorithm>
#include <unordered_map>

#include "core/accounts.h"
#include "core/authority.h"
#include "core/code_changes.h"
#include "core/codes_bulk.h"
#include "core/mails.h"
#include "core/quotas.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kReadTogether = 500, kBoundLookedAt = 20;

Result<void> CheckPeople(const InviteRequest& invitation) {
    if (invitation.people.empty())
        return InvalidFields({{"people", "people.none", "Name at least one address"}});
    if (invitation.people.size() > kMostInvited)
        return InvalidFields(
            {{"people", "people.many",
              Say("At most {} people at once, and these are {}; send several lists", kMostInvited,
                  invitation.people.size())}});
    return CheckMailWords(Trim(invitation.words));
}

std::optional<Code> FirstOf(Work& work, const CodeScope& scope, std::string_view batch,
                            Millis now) {
    CodeQuery query;
    query.scope = scope;
    query.batch = batch;
    query.order = CodeOrder::kOldest;
    query.page_size = 1;
    auto codes = work.codes.List(query, now).codes;
    return codes.empty() ? std::nullopt : std::optional(std::move(codes.front()));
}

// The same for somebody else, with nothing that has happened to it.
Code LikeIt(const Code& code, const Actor& actor) {
    Code like;
    like.label = code.label;
    like.role = code.role;
    like.task_group = code.task_group;
    like.aircraft_roles = code.aircraft_roles;
    like.max_uses = 1;
    like.starts_at = code.starts_at;
    like.expires_at = code.expires_at;
    like.email_domains = code.email_domains;
    like.account_days = code.account_days;
    like.notes = code.notes;
    like.welcome = code.welcome;
    like.tags = code.tags;
    like.template_name = code.template_name;
    like.batch = code.batch;
    like.created_by_id = actor.account_id;
    like.created_by = actor.username;
    return like;
}

Result<Code> ModelOf(World& world, const Actor& actor, const DoorRules& rules,
                     const InviteRequest& invitation) {
    const Millis now = world.clock.Now();
    if (invitation.batch.empty()) {
        CodeDraft draft = invitation.model;
        draft.max_uses = "1";
        draft.email = draft.name = draft.code = std::nullopt;
        Code model = TRY(CodeOfDraft(world, actor, rules, draft));
        model.batch = NewUuid(world.random, now);
        return model;
    }
    std::optional<Code> first;
    world.store.Read(
        [&](Work& work) { first = FirstOf(work, rules.scope, invitation.batch, now); });
    if (!first) return NoSuchBatch();
    if (first->expires_at && *first->expires_at <= now)
        return CodeConflict("batch.ended",
                            "These invitations have expired; invite the others with a new list");
    return LikeIt(*first, actor);
}

bool IsOfItsDomains(const Code& model, std::string_view address) {
    return model.email_domains.empty() ||
           std::ranges::find(model.email_domains, EmailDomain(Fold(address))) !=
               model.email_domains.end();
}

// Why somebody is not invited, if they are not.
class Sparing {
public:
    Sparing(Work& work, const Actor& actor, const CodeScope& scope, const Code& model, Millis now)
        : work_(work), actor_(actor), scope_(scope), model_(model), now_(now) {}

    std::optional<SparedInvitee> WhyNot(const Invitee& person) const {
        if (!IsOfItsDomains(model_, person.email))
            return SparedInvitee{person, "email.domain",
                                 "Codes like these are for addresses of other domains"};
        if (actor_.May(kUsersRead) && work_.accounts.FindByEmail(Fold(person.email)))
            return SparedInvitee{person, "account.exists", "Somebody with this address is here"};
        for (const CodeId id : work_.codes.ListBoundTo(person.email, now_, kBoundLookedAt)) {
            const auto code = work_.codes.Find(id);
            if (code && IsWithin(scope_, *code))
                return SparedInvitee{person, "invited.already",
                                     "This address was invited already and has not joined yet"};
        }
        return {};
    }

private:
    Work& work_;
    const Actor& actor_;
    const CodeScope& scope_;
    const Code& model_;
    const Millis now_;
};

void Sift(Work& work, const Actor& actor, const CodeScope& scope, const InviteRequest& invitation,
          Millis now, InviteOutcome& outcome) {
    outcome.invited.clear();
    outcome.spared.clear();
    const Sparing sparing(work, actor, scope, outcome.code, now);
    for (const Invitee& person : invitation.people) {
        if (auto spared = sparing.WhyNot(person))
            outcome.spared.push_back(*std::move(spared));
        else
            outcome.invited.push_back(person);
    }
}

// The newest invitation or reminder of each code that has one.
std::unordered_map<CodeId, Mail> LatestMails(Work& work, std::span<const CodeId> codes) {
    std::unordered_map<CodeId, Mail> latest;
    for (Mail& mail : work.mails.ListLatestOf(codes))
        latest.insert_or_assign(mail.code_id, std::move(mail));
    return latest;
}

}  // namespace

Result<InviteOutcome> PreviewInvitations(Permit<kCodesWrite> permit, World& world,
                                         const DoorRules& rules, const InviteRequest& invitation) {
    const Actor& actor = permit.holder();
    TRY(CheckPeople(invitation));
    InviteOutcome outcome;
    outcome.code = TRY(ModelOf(world, actor, rules, invitation));
    outcome.batch = invitation.batch;
    const Config& config = world.config;
    Result<void> judged;
    world.store.Read([&](Work& work) {
        judged = JudgeGrants(AuthorityOfActor(work, config.catalogue, actor), config, actor,
                             outcome.code);
        Sift(work, actor, rules.scope, invitation, world.clock.Now(), outcome);
        if (judged.ok())
            judged = JudgeQuota(work, world, actor, outcome.code.created_by_id,
                                LoadOf(outcome.code, world.clock.Now()) *
                                    static_cast<std::int64_t>(outcome.invited.size()));
    });
    TRY(judged);
    outcome.is_mailed = world.config.SendsMail() && outcome.code.approval == Approval::kApproved;
    return outcome;
}

Result<InviteOutcome> InvitePeople(Permit<kCodesWrite> permit, World& world, const DoorRules& rules,
                                   const InviteRequest& invitation) {
    const Actor& actor = permit.holder();
    TRY(CheckPeople(invitation));
    InviteOutcome outcome;
    outcome.code = TRY(ModelOf(world, actor, rules, invitation));
    outcome.batch = outcome.code.batch;
    const std::string_view words = Trim(invitation.words);
    const Code model = outcome.code;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        Sift(work, actor, rules.scope, invitation, now, outcome);
        auto ask = AskApprovers::kYes;
        const bool sends = world.config.SendsMail();
        outcome.is_mailed = sends;
        if (sends) TRY(CheckMailAllowance(work, actor, outcome.invited.size(), now));
        TRY(CheckQuota(work, world, actor, model.created_by_id,
                       LoadOf(model, now) * static_cast<std::int64_t>(outcome.invited.size())));
        for (const Invitee& person : outcome.invited) {
            Code code = model;
            code.email = person.email;
            code.name = person.name;
            TRY(AddOneOfWithin(work, world, actor, {}, code,
                               std::exchange(ask, AskApprovers::kNo)));
            outcome.code.approval = code.approval;
            outcome.is_mailed = outcome.is_mailed && code.approval == Approval::kApproved;
            if (sends)
                QueueInvitation(work, world, actor, code, MailKind::kInvitation, words,
                                invitation.language);
        }
        return {};
    }));
    return outcome;
}

std::string_view NameOf(InviteState state) {
    constexpr std::array<std::string_view, static_cast<std::size_t>(InviteState::kCount)> kNames = {
        "joined", "failed", "on_its_way", "mailed", "not_mailed", "waiting", "ended"};
    return kNames[static_cast<std::size_t>(state)];
}

InviteState StateOf(const Code& code, const std::optional<Mail>& latest, Millis now) {
    if (code.used_count > 0) return InviteState::kJoined;
    const CodeStatus status = StatusAt(code, now);
    if (status == CodeStatus::kPending) return InviteState::kWaiting;
    if (!IsUsable(status) && status != CodeStatus::kScheduled) return InviteState::kEnded;
    if (!latest || latest->recipient != code.email) return InviteState::kNotMailed;
    if (IsOnItsWay(*latest)) return InviteState::kOnItsWay;
    return latest->state == MailState::kSent ? InviteState::kMailed : InviteState::kFailed;
}

Result<std::vector<Invited>> ListInvited(Permit<kCodesRead> permit, World& world,
                                         const CodeScope& scope, std::string_view batch) {
    CodeQuery query;
    query.scope = scope;
    query.batch = batch;
    query.order = CodeOrder::kOldest;
    query.page_size = kReadTogether;
    std::vector<Invited> invited;
    do {
        CodePage page = TRY(ListCodes(permit, world, query));
        std::vector<CodeId> ids;
        for (const Code& code : page.codes) ids.push_back(code.id);
        std::unordered_map<CodeId, Mail> latest;
        world.store.Read([&](Work& work) { latest = LatestMails(work, ids); });
        for (Code& code : page.codes) {
            Invited one;
            if (const auto found = latest.find(code.id); found != latest.end())
                one.mail = std::move(found->second);
            one.code = std::move(code);
            one.state = StateOf(one.code, one.mail, world.clock.Now());
            invited.push_back(std::move(one));
        }
        query.cursor = page.next;
    } while (!query.cursor.empty());
    return invited;
}

Result<std::size_t> RemindInvited(Permit<kCodesWrite> permit, World& world, const CodeScope& scope,
                                  std::string_view batch, std::string_view words,
                                  std::string_view language) {
    const Actor& actor = permit.holder();
    words = Trim(words);
    TRY(CheckMailWords(words));
    TRY(CheckSendsMail(world.config));
    std::size_t reminded = 0;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        reminded = 0;
        const Millis now = world.clock.Now();
        const Catalogue& catalogue = world.config.catalogue;
        const Authority own = AuthorityOfActor(work, catalogue, actor);
        CodeQuery query;
        query.scope = scope;
        query.batch = batch;
        const auto ids = work.codes.ListIds(query, 0, kMostMailsEachHour + 1);
        if (ids.empty()) return NoSuchBatch();
        const auto latest = LatestMails(work, ids);
        std::vector<std::pair<Code, MailKind>> due;
        for (const CodeId id : ids) {
            const auto code = work.codes.FindForUpdate(id);
            if (!code || code->used_count > 0 || !CheckMailable(*code, now).ok() ||
                !MayHandOut(own, catalogue, actor, *code))
                continue;
            const auto found = latest.find(id);
            const bool known = found != latest.end() && found->second.recipient == code->email;
            if (known && IsOnItsWay(found->second)) continue;
            const bool was_sent = known && found->second.state == MailState::kSent;
            due.emplace_back(*code, was_sent ? MailKind::kReminder : MailKind::kInvitation);
        }
        TRY(CheckMailAllowance(work, actor, due.size(), now));
        for (const auto& [code, kind] : due)
            QueueInvitation(work, world, actor, code, kind, words, language);
        reminded = due.size();
        return {};
    }));
    return reminded;
}

}  // namespace ostiary
