#include "core/requests.h"

#include <algorithm>
#include <cstdlib>

#include "core/accounts.h"
#include "core/authority.h"
#include "core/code_changes.h"
#include "core/happenings.h"
#include "core/mails.h"
#include "core/notifications.h"
#include "core/templates.h"
#include "util/mailbox.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kMostDeciders = 100, kDeletedAtOnce = 1'000;
constexpr int kFullRetryS = 3600;

Error NoSuchRequest() {
    return {ErrorKind::kNotFound, "request.unknown", "Not found",
            "There is no such request for an invitation"};
}

Error QueueIsFull() {
    return {ErrorKind::kUnavailable,
            "requests.full",
            "Too many requests are waiting",
            "So many people have asked that nobody else can for now; try again in a few days",
            {},
            kFullRetryS};
}

bool IsWithinScope(const CodeScope& scope, const InvitationRequest& request) {
    return scope.all || (!request.task_group.empty() && request.task_group == scope.task_group);
}

Result<void> CheckOpen(const InvitationRequest& request) {
    if (request.state == RequestState::kOpen) return {};
    return CodeConflict("request.decided", "Somebody has decided about this request already");
}

std::vector<FieldError> WrongFields(const Config& config, const InvitationRequest& asked) {
    std::vector<FieldError> errors;
    if (asked.name.empty())
        errors.push_back({"name", "name.required", "Name is required"});
    else
        CheckName(asked.name, errors);
    CheckEmail(asked.email, errors);
    if (asked.words.empty())
        errors.push_back({"message", "message.required", "Say in a few words why you ask"});
    else if (CountCharacters(asked.words) > kLongestRequestWords ||
             !IsCleanText(asked.words, Lines::kMany))
        errors.push_back({"message", "message.long",
                          Say("This has at most {} characters", kLongestRequestWords)});
    if (asked.task_group.empty()) return errors;
    if (!config.requests_task_groups)
        errors.push_back({"task_group", "task_group.closed",
                          "Which task group it is for is not asked here; leave it out"});
    else if (config.catalogue.FindTaskGroup(asked.task_group) == nullptr)
        errors.push_back({"task_group", "task_group.unknown",
                          Say("Task group must be one of: {}", config.catalogue.TaskGroupNames())});
    return errors;
}

void AddOthers(std::vector<Account>& all, Work& work, AccountQuery query, Millis now) {
    query.state = "active";
    query.page_size = kMostDeciders;
    for (AccountWithAccess& one : work.accounts.List(query, now).accounts)
        if (std::ranges::find(all, one.account.id, &Account::id) == all.end())
            all.push_back(std::move(one.account));
}

// Superusers, those with the staff flag, and who leads the team that was asked for or all of them.
std::vector<Account> DecidersAbout(Work& work, const Catalogue& catalogue,
                                   const InvitationRequest& asked, Millis now) {
    std::vector<Account> deciders = ApproversBesides(work, Actor(), now);
    AccountQuery query;
    query.flag = "staff";
    AddOthers(deciders, work, query, now);
    query.flag.clear();
    for (const RoleEntry& role : catalogue.roles) {
        if (role.reach != Reach::kTeam) continue;
        query.role = role.name;
        for (const std::string& group : {asked.task_group, catalogue.general_group}) {
            query.task_group = group;
            if (!group.empty()) AddOthers(deciders, work, query, now);
        }
    }
    return deciders;
}

// Nothing of who asked: what is in the log stays there.
Event OfRequest(Event event, const InvitationRequest& request) {
    event.subject_id = std::to_string(request.id);
    event.subject_name = "#" + event.subject_id;
    return event;
}

Result<InvitationRequest> HoldOpen(Work& work, const CodeScope& scope, RequestId id) {
    auto request = work.requests.FindForUpdate(id);
    if (!request || !IsWithinScope(scope, *request)) return NoSuchRequest();
    TRY(CheckOpen(*request));
    return *std::move(request);
}

void Decide(Work& work, const Actor& actor, RequestState state, Millis now,
            InvitationRequest& request) {
    request.state = state;
    request.decided_at = now;
    request.decided_by_id = actor.account_id;
    request.decided_by = actor.username;
    work.requests.Decide(request);
    if (work.requests.CountOpen(CodeScope::All(), 1) == 0)
        work.notifications.MarkSeenOf(NotificationKind::kInvitationAsked, now);
}

CodeDraft DraftFor(const InvitationRequest& request, const RequestTerms& terms, CodeDraft draft) {
    if (!draft.template_name && !terms.template_name.empty())
        draft.template_name = terms.template_name;
    if (!draft.task_group && !terms.task_group.empty()) draft.task_group = terms.task_group;
    if (!draft.label) draft.label = request.name;
    draft.email = request.email;
    draft.name = request.name;
    draft.max_uses = "1";
    draft.code = std::nullopt;
    draft.is_active = std::nullopt;
    return draft;
}

Result<void> CheckDomain(const Code& code) {
    const std::string domain = Fold(EmailDomain(code.email));
    if (code.email_domains.empty() ||
        std::ranges::find(code.email_domains, domain) != code.email_domains.end())
        return {};
    return InvalidFields({{"email_domains", "email.domain",
                           Say("Whoever asked could not use this code: it is for addresses at {}",
                               Join(code.email_domains, ", "))}});
}

RequestTerms Terms(World& world, const InvitationRequest& request) {
    RequestTerms terms;
    terms.task_group = request.task_group;
    world.store.Read([&](Work& work) {
        const auto found = FindTemplate(work, world.config.requests_template);
        terms.template_name = found ? found->name : std::string();
    });
    return terms;
}

Result<InvitationRequest> Look(World& world, const CodeScope& scope, RequestId id) {
    std::optional<InvitationRequest> request;
    world.store.Read([&](Work& work) { request = work.requests.Find(id); });
    if (!request || !IsWithinScope(scope, *request)) return NoSuchRequest();
    return *std::move(request);
}

}  // namespace

std::string_view NameOf(RequestState state) {
    switch (state) {
        case RequestState::kOpen: return "open";
        case RequestState::kAccepted: return "accepted";
        case RequestState::kDeclined: return "declined";
    }
    std::abort();
}

Result<void> CheckRequestsOpen(const Config& config) {
    if (config.requests_open) return {};
    return Error{ErrorKind::kNotFound, "requests.closed", "Not found",
                 "Nobody can ask for an invitation here"};
}

Result<void> AskForInvitation(World& world, const Origin& origin, const RequestDraft& draft,
                              std::string_view language) {
    const Config& config = world.config;
    TRY(CheckRequestsOpen(config));
    InvitationRequest asked;
    asked.email = Trim(draft.email);
    asked.name = Trim(draft.name);
    asked.words = Trim(draft.words);
    asked.task_group = Trim(draft.task_group);
    asked.language = language;
    if (auto errors = WrongFields(config, asked); !errors.empty())
        return InvalidFields(std::move(errors));
    return world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        const auto most = static_cast<std::size_t>(config.requests_most_open);
        // Asked first, of everybody alike: a full queue says nothing about an address.
        if (work.requests.CountOpen(CodeScope::All(), most) >= config.requests_most_open)
            return QueueIsFull();
        asked.asked_at = asked.last_asked_at = now;
        const std::string key = Fold(asked.email);
        const auto id = work.requests.Add(asked, key);
        // A row is written either way, so that each takes a commit.
        if (!id) return work.requests.AskAgain(key, now), Result<void>();
        InvitationRequest added = asked;
        added.id = *id;
        work.events.Append(OfRequest(HappenedTo(EventKind::kInvitationAsked, origin, now), added));
        NotifyDeciders(work, DecidersAbout(work, config.catalogue, added, now), now);
        return {};
    });
}

Result<std::vector<InvitationRequest>> ListRequests(Permit<kCodesRead>, World& world,
                                                    const RequestQuery& query) {
    std::vector<InvitationRequest> requests;
    world.store.Read([&](Work& work) { requests = work.requests.List(query); });
    return requests;
}

Result<InvitationRequest> GetRequest(Permit<kCodesRead>, World& world, const CodeScope& scope,
                                     RequestId id) {
    return Look(world, scope, id);
}

bool HasAccount(Permit<kUsersRead>, World& world, const InvitationRequest& request) {
    bool has = false;
    world.store.Read(
        [&](Work& work) { has = work.accounts.FindByEmail(Fold(request.email)).has_value(); });
    return has;
}

std::int64_t CountRequests(Permit<kCodesRead>, World& world, const CodeScope& scope) {
    std::int64_t open = 0;
    world.store.Read(
        [&](Work& work) { open = work.requests.CountOpen(scope, kMostRequestsCounted); });
    return open;
}

RequestTerms TermsFor(Permit<kCodesRead>, World& world, const InvitationRequest& request) {
    return Terms(world, request);
}

Result<AcceptedRequest> AcceptRequest(Permit<kCodesWrite> permit, World& world,
                                      const DoorRules& rules, RequestId id, const CodeDraft& typed,
                                      std::string_view words) {
    const Actor& actor = permit.holder();
    words = Trim(words);
    TRY(CheckMailWords(words));
    const InvitationRequest asked = TRY(Look(world, rules.scope, id));
    TRY(CheckOpen(asked));
    const Code model =
        TRY(CodeOfDraft(world, actor, rules, DraftFor(asked, Terms(world, asked), typed)));
    TRY(CheckDomain(model));
    AcceptedRequest accepted;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        accepted.request = TRY(HoldOpen(work, rules.scope, id));
        accepted.code = model;
        TRY(AddWithin(work, world, actor, {}, accepted.code));
        accepted.request.code_id = accepted.code.id;
        Decide(work, actor, RequestState::kAccepted, now, accepted.request);
        work.events.Append(
            OfRequest(About(Happened(EventKind::kRequestAccepted, actor, now), accepted.code),
                      accepted.request));
        const bool is_queued = world.config.SendsMail() && MayBeMailed(accepted.code, now);
        accepted.is_mailed = is_queued && accepted.code.approval == Approval::kApproved;
        if (!is_queued) return {};
        TRY(CheckMailAllowance(work, actor, 1, now));
        QueueInvitation(work, world, actor, accepted.code, MailKind::kInvitation, words,
                        accepted.request.language);
        return {};
    }));
    return accepted;
}

Result<InvitationRequest> DeclineRequest(Permit<kCodesWrite> permit, World& world,
                                         const CodeScope& scope, RequestId id,
                                         std::string_view reason, TellAsker tell) {
    const Actor& actor = permit.holder();
    reason = Trim(reason);
    if (CountCharacters(reason) > kLongestDeclineReason || !IsCleanText(reason, Lines::kMany))
        return InvalidFields({{"reason", "reason.long",
                               Say("A reason has at most {} characters", kLongestDeclineReason)}});
    if (tell == TellAsker::kYes) TRY(CheckSendsMail(world.config));
    InvitationRequest request;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        request = TRY(HoldOpen(work, scope, id));
        request.reason = reason;
        Decide(work, actor, RequestState::kDeclined, now, request);
        work.events.Append(
            With(OfRequest(Happened(EventKind::kRequestDeclined, actor, now), request),
                 PairDetails({{"mailed", tell == TellAsker::kYes ? "yes" : "no"}})));
        if (tell == TellAsker::kNo) return {};
        if (!EmailAddress::Parse(request.email))
            return CodeConflict("mail.address",
                                "Mail servers do not take this address; decline without a mail");
        TRY(CheckMailAllowance(work, actor, 1, now));
        MailDecline(work, world, actor, request);
        return {};
    }));
    return request;
}

void DeleteOldRequests(World& world) {
    const Millis then = world.clock.Now() - world.config.requests_kept_days * kDay;
    for (std::size_t deleted = kDeletedAtOnce; deleted == kDeletedAtOnce;)
        world.store.Write(
            [&](Work& work) { deleted = work.requests.DeleteDecided(then, kDeletedAtOnce); });
}

}  // namespace ostiary
