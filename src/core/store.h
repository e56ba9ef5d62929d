#pragma once

// What the core asks of storage. Nothing here knows SQL; nothing in store/ knows a rule.
// Every method throws WorldFailure when the database cannot answer.

#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/alerts_model.h"
#include "core/bulk_jobs_model.h"
#include "core/events.h"
#include "core/imports_model.h"
#include "core/live.h"
#include "core/mails_model.h"
#include "core/model.h"
#include "core/notifications_model.h"
#include "core/raw_tables.h"
#include "core/pulls_model.h"
#include "core/recalls_model.h"
#include "core/requests_model.h"
#include "core/scim_model.h"
#include "core/visits_model.h"
#include "core/webhooks_model.h"
#include "util/clock.h"
#include "util/result.h"

namespace ostiary {

class Codes {
public:
    virtual ~Codes() = default;

    // Stores a new code with its aircraft roles; returns its id.
    // Conflict("code.taken") if the short code (after forgiving reading) is in use by a living
    // code.
    virtual Result<CodeId> Add(const Code&) = 0;

    // Stores many that are alike in all but their secrets; the id of each, in order, or nothing
    // where its short code is in use. They stand in lists after CatchUp.
    struct Letters {
        std::string code, token;
    };
    virtual std::vector<std::optional<CodeId>> AddAlike(const Code&, std::span<const Letters>) = 0;

    // Stores many that differ, each with its own letters; the id of each, in order, or nothing
    // where its short code is in use. Of more than a few hundred the places in lists wait for
    // CatchUp.
    virtual std::vector<std::optional<CodeId>> AddAll(std::span<const Code>) = 0;
    // Which of these short codes are in use, sorted.
    virtual std::vector<std::string> InUse(std::span<const std::string> normalized) = 0;

    virtual std::optional<Code> Find(CodeId) = 0;
    virtual std::optional<Code> FindByCode(std::string_view normalized) = 0;
    virtual std::optional<Code> FindByToken(std::string_view token) = 0;
    // The same, holding the row until the transaction ends.
    virtual std::optional<Code> FindForUpdate(CodeId) = 0;

    // The living codes among these, their rows held in order of id until the transaction ends. For
    // the hot path: of the secrets only `code` is filled in, and of the rest what deciding and
    // granting needs.
    virtual std::vector<Code> HoldByCodes(std::span<const std::string> normalized) = 0;

    // Counts up to `wanted` uses of a code that is usable at `now`, and says how many it gave: 0 if
    // the code is unknown, deleted, pending, switched off, not yet started, expired or used up. The
    // only statement that moves used_count, and it both decides and counts (REG-6).
    virtual std::int64_t TakeUses(CodeId, std::int64_t wanted, Millis now) = 0;
    // The same for several codes at once, each at most once: how many were given of each, in order.
    struct Wanted {
        CodeId id = 0;
        std::int64_t uses = 0;
    };
    virtual std::vector<std::int64_t> TakeUsesOfAll(std::span<const Wanted>, Millis now) = 0;

    // Writes what a person can edit, and never used_count. The caller holds the row
    // (FindForUpdate). Raises the version by one; aircraft roles are replaced by those given.
    virtual void Save(const Code&) = 0;

    // Makes an approved code wait for approval: its creator may no longer grant what it grants
    // (CODE-11).
    virtual void MarkPending(CodeId, Millis now) = 0;

    // Hides the code for good; its row stays for history (CODE-7).
    virtual void Delete(CodeId, Millis now) = 0;

    // Those bound to this address that somebody may yet join with, or that wait for approval.
    virtual std::vector<CodeId> ListBoundTo(std::string_view address, Millis now,
                                            std::size_t most) = 0;

    virtual CodePage List(const CodeQuery&, Millis now) = 0;
    // The ids of all that the query finds, whatever its order, cursor and page size, rising and
    // beyond `after`: fewer than `most` are the end.
    virtual std::vector<CodeId> ListIds(const CodeQuery&, CodeId after, std::size_t most) = 0;
    virtual std::vector<CodeTally> Tally(const CodeScope&) = 0;
    virtual CodeLoad LoadOf(std::string_view creator_id, Millis now) = 0;

    // Filters by status, orders by use and tallies know of redemptions and of what time alone
    // changes only after CatchUp. It looks at up to `most` codes, and says at how many: fewer are
    // the end.
    virtual bool IsBehind(Millis now) = 0;
    virtual std::size_t CatchUp(Millis now, std::size_t most) = 0;
    // Living codes whose short code is one slip away: one letter wrong, one missing, one too many,
    // two swapped.
    virtual std::vector<Code> Near(std::string_view normalized, const CodeScope&,
                                   std::size_t most) = 0;
};

class Redemptions {
public:
    virtual ~Redemptions() = default;

    // Conflict("redemption.again") if this person, or this subject of this application, has one
    // already.
    virtual Result<RedemptionId> Add(const Redemption&) = 0;
    // In one go; the result for each, in order: the new id, or nothing where it existed already.
    virtual std::vector<std::optional<RedemptionId>> AddAll(std::span<const Redemption>) = 0;
    virtual std::optional<Redemption> FindByAccount(CodeId, std::string_view account_id) = 0;
    virtual std::optional<Redemption> FindBySubject(CodeId, std::string_view application,
                                                    std::string_view subject) = 0;
    // The same for many at once: the answer for each, in order.
    virtual std::vector<std::optional<Redemption>> FindSubjects(std::span<const SubjectKey>) = 0;
    virtual std::vector<Redemption> ListOfCode(CodeId, RedemptionId after,
                                               std::size_t most) = 0;  // oldest first
    virtual std::vector<Redemption> ListOfAccount(std::string_view account_id,
                                                  std::size_t most) = 0;  // oldest first
    // In order of id. Where several nodes may be writing, those of the last two seconds are not
    // told yet: whoever goes on from the last id would miss one that is committed later.
    virtual std::vector<Redemption> ListSince(std::string_view application, RedemptionId after,
                                              std::size_t most, Millis now) = 0;
    virtual std::vector<Redemption> List(const RedemptionQuery&) = 0;  // in order of id
    // Who made this with that key (REG-7)?
    virtual std::optional<Redemption> FindByIdempotencyKey(std::string_view key_hash) = 0;
};

class Accounts {
public:
    virtual ~Accounts() = default;

    // Conflict("username.taken") or Conflict("email.taken"); both compare by folded keys
    // (core/accounts.h).
    virtual Result<void> Add(const Account&) = 0;
    virtual std::optional<Account> Find(std::string_view id) = 0;
    virtual std::optional<Account> FindForUpdate(std::string_view id) = 0;
    virtual std::optional<Account> FindByUsername(std::string_view folded) = 0;
    virtual std::optional<Account> FindByEmail(std::string_view folded) = 0;
    // Conflict as in Add. The caller holds the row. Raises the version by one.
    virtual Result<void> Save(const Account&) = 0;
    virtual void RecordLogin(std::string_view id, Millis now) = 0;
    virtual void RecordSeen(std::string_view id, Millis now) = 0;  // within an hour
    // The ids of all superusers who are active and stay so, their rows held until the transaction
    // ends (PERM-7).
    virtual std::vector<std::string> HoldActiveSuperusers() = 0;
    virtual bool AnySuperuser() = 0;  // active, and without an end
    virtual AccountPage List(const AccountQuery&, Millis now) = 0;
    // False if there is no such account. What it made and redeemed stays, without its id.
    virtual bool Delete(std::string_view id) = 0;
    virtual std::int64_t CountActive(Millis now) = 0;
    // In the order they came; one more than the page has where there are more.
    virtual std::vector<Brought> ListBrought(const BroughtQuery&) = 0;

    // When each role was granted, in the order of AircraftRoles.
    virtual std::vector<Millis> AircraftRolesSince(std::string_view account_id) = 0;
    virtual std::vector<AircraftGrant> AircraftRoles(std::string_view account_id) = 0;
    virtual void SetAircraftRole(std::string_view account_id, std::string_view aircraft_id,
                                 std::string_view role, Millis now) = 0;
    virtual void RemoveAircraftRole(std::string_view account_id, std::string_view aircraft_id) = 0;
};

class AircraftFleet {
public:
    virtual ~AircraftFleet() = default;
    virtual Result<void> Add(const Aircraft&) = 0;  // Conflict("aircraft.taken")
    virtual std::optional<Aircraft> FindByRegistration(std::string_view registration) = 0;
    virtual std::vector<Aircraft> List() = 0;  // by registration
    // Conflict as in Add. Runs the transaction again if it is no longer this version; raises it by
    // one.
    virtual Result<void> Save(const Aircraft&) = 0;
    virtual bool Delete(std::string_view id) = 0;  // only what nobody and no code holds

    // How many people hold a role on each, by id; those that nobody holds are left out.
    virtual std::map<std::string, std::int64_t> CountHolders() = 0;
    // By username, beginning after one.
    virtual std::vector<AircraftHolder> Holders(std::string_view id, std::string_view after,
                                                std::size_t most, Millis now) = 0;
    // Living codes, newest first.
    virtual std::vector<AircraftCode> GrantingCodes(std::string_view id, std::size_t most) = 0;
};

class Templates {
public:
    virtual ~Templates() = default;
    virtual Result<TemplateId> Add(const Template&) = 0;  // Conflict("template.taken")
    virtual std::optional<Template> Find(TemplateId) = 0;
    virtual std::optional<Template> FindByName(std::string_view typed) = 0;  // in any case
    virtual std::vector<Template> List() = 0;                                // by name
    // Conflict as in Add. Runs the transaction again if it is no longer this version; raises it by
    // one.
    virtual Result<void> Save(const Template&) = 0;
    virtual bool Delete(TemplateId) = 0;  // false if there is none
    // How many living codes remember each by the name it has, counted up to `most`.
    virtual std::map<TemplateId, std::int64_t> CountCodes(std::size_t most) = 0;
};

class Sessions {
public:
    virtual ~Sessions() = default;
    virtual void Add(const Session&) = 0;
    virtual std::optional<Session> Find(std::string_view id_hash) = 0;  // ended or not
    virtual void Touch(std::string_view id_hash, Millis now) = 0;
    virtual bool End(std::string_view id_hash,
                     Millis now) = 0;  // false if unknown or ended already
    // All of the account's, but for one (which may be empty).
    virtual void EndAllOf(std::string_view account_id, std::string_view but_not, Millis now) = 0;
    virtual std::vector<Session> ListOf(std::string_view account_id,
                                        Millis now) = 0;  // living ones
    virtual std::size_t DeleteEndedBefore(Millis then) = 0;
};

class Tokens {
public:
    virtual ~Tokens() = default;
    virtual void Add(const ApiToken&) = 0;
    virtual std::optional<ApiToken> FindByHash(std::string_view hash) = 0;
    virtual std::optional<ApiToken> Find(std::string_view id) = 0;
    virtual void RecordUse(std::string_view id, Millis now) = 0;
    virtual bool Revoke(std::string_view id, Millis now) = 0;
    virtual std::vector<ApiToken> ListOf(std::string_view account_id) = 0;
    // Of everybody, newest first, beginning before this id; empty: from the newest.
    virtual std::vector<ApiToken> List(std::string_view before, std::size_t most) = 0;
};

// Password reset links: one for an account at most.
class PasswordResets {
public:
    virtual ~PasswordResets() = default;
    virtual void Put(const PasswordReset&) = 0;  // in place of the account's earlier one
    virtual std::optional<PasswordReset> FindByHash(std::string_view token_hash) = 0;
    virtual std::optional<PasswordReset> FindOf(std::string_view account_id) = 0;
    virtual bool End(std::string_view account_id) = 0;  // false if there was none
    virtual std::size_t DeleteExpired(Millis now) = 0;
};

// What was answered to whom, so that the same request can be answered again.
class Receipts {
public:
    virtual ~Receipts() = default;
    // Takes a key for a request. False if it is taken: answered, unless that was before
    // `forgotten`, or under way, unless the claim has run out and the same is asked.
    virtual bool Claim(const Receipt&, Millis forgotten) = 0;
    virtual std::optional<Receipt> Find(std::string_view key_hash) = 0;
    virtual void Settle(std::string_view key_hash, std::string_view answer) = 0;
    virtual void Release(std::string_view key_hash) = 0;  // nothing came of it
    virtual std::size_t DeleteMadeBefore(Millis then, std::size_t most) = 0;
};

// Wrong guesses, counted for all nodes together (API-8).
class SharedBuckets {
public:
    virtual ~SharedBuckets() = default;
    // So much longer until it is full again, at most until `latest`; tells when.
    virtual Millis Drain(std::string_view key, Millis by, Millis latest, Millis now) = 0;
    // Those that are not full and were drained at `then` or later.
    virtual std::vector<SharedBucket> DrainedSince(Millis then, std::size_t most, Millis now) = 0;
    virtual std::size_t DeleteFull(Millis now) = 0;
};

class Events {
public:
    virtual ~Events() = default;
    virtual void Append(const Event&) = 0;
    virtual void AppendAll(std::span<const Event>) = 0;
    virtual std::vector<Event> ListOfCode(CodeId, std::size_t most) = 0;  // newest first
    virtual std::vector<Event> Latest(std::size_t most) = 0;              // newest first
    virtual EventPage List(const EventQuery&) = 0;                        // newest first
    // Those beyond `after`, and those of `also` that can be seen by now, in order of their ids. On
    // PostgreSQL a lower id may be seen later than a higher one.
    virtual std::vector<Happening> Tail(std::int64_t after, const std::vector<std::int64_t>& also,
                                        std::size_t most) = 0;
    virtual std::int64_t LastId() = 0;  // 0: there is none
    // When somebody last did something of this kind, among their latest `most` deeds.
    virtual std::optional<Millis> LastDeed(std::string_view account_id, EventKind,
                                           std::size_t most) = 0;
};

struct AuditHead;
struct SealedEntry;

// The chain that events are linked into (core/audit_chain.h).
class AuditTrail {
public:
    virtual ~AuditTrail() = default;
    // Links what nothing can be added before any more, looking at up to `most` events; says how
    // far it got: 0 where there is nothing that can be linked now. Events from before there was a
    // chain are given their marks.
    virtual std::size_t LinkUp(std::size_t most) = 0;

    virtual std::optional<AuditHead> Last() = 0;
    virtual std::optional<AuditHead> At(std::int64_t position) = 0;
    virtual std::int64_t CountUnlinked(std::size_t most) = 0;  // beyond the end of the chain
    // The last event that is older than the chain; 0 where that number is not ours.
    virtual std::int64_t Origin() = 0;

    // For looking whether it is whole. Entries beyond a position; events between two ids, both
    // excluded, that no entry is about.
    virtual std::vector<SealedEntry> Entries(std::int64_t after, std::size_t most) = 0;
    virtual std::vector<SealedEntry> Outside(std::int64_t after, std::int64_t before,
                                             std::size_t most) = 0;
    virtual bool IsLinked(std::string_view mac) = 0;
    virtual std::vector<SealedEntry> Erasures(std::int64_t after_event, std::size_t most) = 0;

    // Takes a person out of all that was written about them: names, details and address of events,
    // name and email of redemptions. False, and nothing is done, while some have no marks yet.
    virtual bool ErasePerson(std::string_view account_id) = 0;
    // Ids of accounts that were deleted, by the name or id they had.
    virtual std::vector<std::string> DeletedAccounts(std::string_view name, std::size_t most) = 0;
};

// What happened, counted (docs/decisions/0016). Whatever has been counted into quarters of an hour
// and whatever has not yet is told together: answers are exact at every moment, and no order is
// promised.
class Reports {
public:
    virtual ~Reports() = default;
    // Counting is done in batches: each use and event once, however many nodes count.
    virtual bool IsBehind() = 0;
    // Looks at up to `most` uses and as many events; says how far it got: 0 where there is nothing
    // that can be counted now.
    virtual std::size_t CountUp(std::size_t most) = 0;

    virtual std::vector<TalliedQuarter> Quarters(const TallyQuery&) = 0;
    // Of what is about a code that is known.
    virtual std::vector<TalliedShare> Shares(const TallyQuery&) = 0;
    virtual std::vector<TalliedCreator> Creators(const TallyQuery&) = 0;

    // Living codes now, as exact as Codes.Tally.
    virtual std::vector<CreatorTally> CodesOfCreators(const CodeScope&) = 0;
    // Usable codes that end after one moment and not after another; counts no further than `most`.
    virtual std::int64_t CountExpiring(const CodeScope&, Millis after, Millis until,
                                       std::size_t most) = 0;
};

// Every table as it lies in the database, for the browser of raw data (core/raw_data.h).
class RawTables {
public:
    virtual ~RawTables() = default;
    // Rows in order of the key, newest key first; values as texts, nothing where there is null.
    virtual RawPage List(const RawTable&, const RawQuery&) = 0;
    virtual std::optional<RawRow> Find(const RawTable&, const RawKey&) = 0;
    virtual bool Has(const RawTable&) = 0;  // in this database
};

// Small facts about the installation itself.
class Facts {
public:
    virtual ~Facts() = default;
    virtual std::optional<std::string> Get(std::string_view key) = 0;
    virtual void Set(std::string_view key, std::string_view value) = 0;
};

// Webhooks and their deliveries, which Events makes together with each event.
class Webhooks {
public:
    virtual ~Webhooks() = default;
    virtual void Add(const Webhook&) = 0;
    virtual std::optional<Webhook> Find(std::string_view id) = 0;
    virtual std::optional<Webhook> FindForUpdate(std::string_view id) = 0;
    virtual std::vector<Webhook> List() = 0;  // oldest first
    virtual void Save(const Webhook&) = 0;
    virtual void EndTrouble(std::string_view id) = 0;  // it fails no longer
    virtual void Delete(std::string_view id) = 0;      // and all of its deliveries

    virtual std::vector<Delivery> ListDeliveries(const DeliveryQuery&) = 0;  // newest first
    virtual std::optional<Delivery> FindDelivery(std::string_view webhook_id, std::int64_t id) = 0;
    // Sends it again, or now; false if it is being sent at this moment.
    virtual bool Replay(std::string_view webhook_id, std::int64_t id, Millis now) = 0;
    // The same for every event since then that the webhook wants, whether it was sent or not.
    virtual std::int64_t ReplaySince(std::string_view webhook_id, Millis since, Millis now) = 0;
    // Everything that waits becomes failed, and this is why.
    virtual void GiveUp(std::string_view webhook_id, std::string_view why, Millis now) = 0;

    // Ids of those for which something is due.
    virtual std::vector<std::string> ListDue(Millis now) = 0;
    // How many deliveries are due, counted up to `most`.
    virtual std::int64_t CountDue(Millis now, std::size_t most) = 0;
    // Due deliveries, and until `until` nobody else's: of each code no more than the earliest that
    // is neither delivered nor given up. Counts an attempt.
    virtual std::vector<Delivery> Claim(std::string_view webhook_id, std::string_view lease,
                                        Millis now, Millis until, std::size_t most) = 0;
    // One claimed under this lease, which has not passed on to somebody else; held.
    virtual std::optional<Delivery> FindLeased(std::int64_t id, std::string_view lease) = 0;
    // State, due_at, done_at, status and response; ends the lease.
    virtual void Record(const Delivery&) = 0;
    // Was not sent after all: it is due, and the attempt does not count.
    virtual void HandBack(std::int64_t id, std::string_view lease, Millis now) = 0;
    virtual std::size_t DeleteOld(Millis delivered_before, Millis failed_before,
                                  std::size_t most) = 0;
};

// One transaction's view of everything.
struct Work {
    Codes& codes;
    Redemptions& redemptions;
    Accounts& accounts;
    AircraftFleet& aircraft;
    Sessions& sessions;
    Tokens& tokens;
    PasswordResets& resets;
    Events& events;
    Facts& facts;
    RawTables& raw;
    Receipts& receipts;
    SharedBuckets& buckets;
    Webhooks& webhooks;
    Templates& templates;
    Reports& reports;
    AuditTrail& audit;
    Mails& mails;
    Alerts& alerts;
    Visits& visits;
    Notifications& notifications;
    ScimUsers& scim;
    Imports& imports;
    Recalls& recalls;
    Pulls& pulls;
    InvitationRequests& requests;
    BulkJobs& bulk_jobs;
};

// How a claim ended.
struct ClaimOutcome {
    std::optional<Result<Redemption>> answer;
    std::exception_ptr failure;  // where there is no answer

    // Once; throws the failure.
    Result<Redemption> Take() && {
        if (failure) std::rethrow_exception(failure);
        return *std::move(answer);
    }
};

class Store {
public:
    virtual ~Store() = default;

    // All or nothing: commits if the body returns ok, undoes everything it wrote otherwise. Returns
    // after the commit is durable. The body may run more than once (a retry), on another thread, so
    // it must only assign to what it captured, and must never wait for anything but the store.
    virtual Result<void> Transact(const std::function<Result<void>(Work&)>& body) = 0;
    // The same for a body that never refuses.
    void Write(const std::function<void(Work&)>& body) {
        (void)Transact([&](Work& work) -> Result<void> { return body(work), Result<void>(); });
    }

    // Reads one moment's state, or several statements' moments on PostgreSQL; writing inside is a
    // defect.
    virtual void Read(const std::function<void(Work&)>& body) = 0;

    // Redeems for an application's subject, together with whoever else asks at this moment: the
    // claims of one group are decided by one call of core/redemptions.h's RedeemTogether, in one
    // transaction.
    virtual Result<Redemption> Redeem(const SubjectClaim&) = 0;
    // The same without waiting. `done` is called once, on a thread that others wait for: it must be
    // quick and not throw.
    virtual void Redeem(SubjectClaim, std::function<void(ClaimOutcome)> done) = 0;

    // Whether a short code would be usable now: the public check. May be as old as 250 ms where
    // another process changed it; redemption itself never is.
    virtual std::optional<CodeSummary> Peek(std::string_view normalized_code, Millis now) = 0;

    // Throws if the database does not answer a trivial question now.
    virtual void Ping() = 0;
};

}  // namespace ostiary
