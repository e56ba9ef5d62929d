#include "core/registration.h"

#include <algorithm>

#include "core/accounts.h"
#include "core/happenings.h"
#include "core/redemptions.h"
#include "core/sessions.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kLongestSubject = 200, kLongestKey = 200;
constexpr std::string_view kHeldReason = "code.held";  // never leaves this file

std::optional<Code> FindPresented(Work& work, const Presented& presented) {
    if (!presented.token.empty()) {
        // Mail programs drag the punctuation after a link into it; no token ends in any.
        std::string_view token = Trim(presented.token);
        while (!token.empty() && std::string_view(".,;:!?)]}>'\"").find(token.back()) != token.npos)
            token.remove_suffix(1);
        return work.codes.FindByToken(token);
    }
    if (!IsCleanText(presented.code, Lines::kOne)) return std::nullopt;
    return work.codes.FindByCode(NormalizeCode(presented.code));
}

// Why it cannot be used now, for the audit log alone; empty if it can.
std::string WhyUnusable(const std::optional<Code>& code, Millis now) {
    if (!code || code->deleted_at) return "code.unknown";
    const CodeStatus status = StatusAt(*code, now);
    return IsUsable(status) ? "" : "code." + std::string(NameOf(status));
}

void RememberRefusal(World& world, const Origin& origin, const std::optional<Code>& code,
                     std::string_view reason) {
    Event event = With(HappenedTo(EventKind::kRegistrationRefused, origin, world.clock.Now()),
                       RefusalDetails(reason));
    if (code) event = About(std::move(event), *code);
    world.store.Write([&](Work& work) { work.events.Append(event); });
}

// A creator who may no longer grant what the code grants: it waits for approval instead (CODE-11).
Result<void> HoldCode(World& world, CodeId id) {
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        const auto code = work.codes.FindForUpdate(id);
        KnownAuthorities known;
        if (!code || SomebodyVouches(work, world.config.catalogue, *code, now, known)) return {};
        work.codes.MarkPending(id, now);
        work.events.Append(
            About(HappenedTo(EventKind::kCodeHeld, {Door::kProgram, {}, {}}, now), *code));
        return {};
    }));
    return InvalidInviteCode();
}

// Takes one use of the code, or says that it is invalid. The row is then ours until the transaction
// ends, so what it grants is read after, not before.
Result<Code> Spend(World& world, Work& work, CodeId id, Millis now) {
    if (work.codes.TakeUses(id, 1, now) == 0) return InvalidInviteCode();
    const auto code = work.codes.Find(id);
    KnownAuthorities known;
    if (!SomebodyVouches(work, world.config.catalogue, *code, now, known))
        return Error{ErrorKind::kConflict, std::string(kHeldReason)};
    return *code;
}

bool IsBoundElsewhere(const Code& code, std::string_view email) {
    return !code.email.empty() && Fold(code.email) != Fold(email);
}

void CheckAddressAgainst(const Code& code, std::string_view email,
                         std::vector<FieldError>& errors) {
    if (!IsEmailAddress(email)) return;  // blamed already
    if (IsBoundElsewhere(code, email))
        return errors.push_back({"email", "email.bound", "This invitation is for another address"});
    const std::string domain = Fold(EmailDomain(email));
    if (!code.email_domains.empty() &&
        std::ranges::find(code.email_domains, domain) == code.email_domains.end())
        errors.push_back(
            {"email", "email.domain",
             Say("This invitation is for addresses at {}", Join(code.email_domains, ", "))});
}

// Keeps aircraft roles already held; of two on one aircraft, the higher (REG-10).
void AddAircraftRoles(Work& work, const Catalogue& catalogue, std::string_view account_id,
                      const std::vector<AircraftGrant>& granted, Millis now) {
    const auto held = work.accounts.AircraftRoles(account_id);
    for (const AircraftGrant& grant : granted) {
        const auto same = std::ranges::find(held, grant.aircraft_id, &AircraftGrant::aircraft_id);
        const auto* fresh = catalogue.FindAircraftRole(grant.role);
        const auto* old = same == held.end() ? nullptr : catalogue.FindAircraftRole(same->role);
        if (fresh && old && old->rank >= fresh->rank) continue;
        work.accounts.SetAircraftRole(account_id, grant.aircraft_id, grant.role, now);
    }
}

Redemption MakeRedemption(const Code& code, const Account& account, std::string key_hash,
                          Millis now) {
    Redemption redemption;
    redemption.code_id = code.id;
    redemption.account_id = account.id;
    redemption.account_name = account.username;
    redemption.email = account.email;
    redemption.role = code.role;
    redemption.task_group = code.task_group;
    redemption.aircraft_roles = code.aircraft_roles;
    redemption.redeemed_at = now;
    redemption.idempotency_key_hash = std::move(key_hash);
    return redemption;
}

// One person's registration, from the first look at the code to the account.
class Registering {
public:
    Registering(World& world, const Origin& origin, const RegistrationForm& form, SignIn sign_in)
        : world_(world), origin_(origin), form_(form), sign_in_(sign_in) {}

    Result<Registered> Run() {
        Look();
        if (auto earlier = AnswerAgain()) return *std::move(earlier);
        if (const std::string why = WhyUnusable(code_, world_.clock.Now()); !why.empty())
            return Refuse(InvalidInviteCode(), why);
        if (!vouched_) return HoldCode(world_, code_->id).error();
        Fill();
        if (auto errors = WrongFields(); !errors.empty()) {
            const std::string reason = errors.front().reason;
            return Refuse(InvalidFields(std::move(errors)), reason);
        }
        account_.password_hash = world_.passwords.Hash(form_.password);
        const auto stored = world_.store.Transact([&](Work& work) { return Store(work); });
        if (stored.ok()) return std::move(answer_);
        return Explain(stored.error());
    }

private:
    void Look() {
        if (!form_.idempotency_key.empty() && form_.idempotency_key.size() <= kLongestKey)
            key_hash_ = world_.vault.Hash(Purpose::kCache, "register\n" + form_.idempotency_key +
                                                               "\n" + form_.presented.token + "\n" +
                                                               NormalizeCode(form_.presented.code) +
                                                               "\n" + form_.username);
        world_.store.Read([&](Work& work) {
            code_ = FindPresented(work, form_.presented);
            KnownAuthorities known;
            vouched_ = code_ && SomebodyVouches(work, world_.config.catalogue, *code_,
                                                world_.clock.Now(), known);
        });
    }

    // The same key from the same person: the password is asked again, since the answer logs them
    // in.
    std::optional<Registered> AnswerAgain() {
        if (key_hash_.empty()) return std::nullopt;
        std::optional<Registered> again;
        world_.store.Read([&](Work& work) {
            const auto earlier = work.redemptions.FindByIdempotencyKey(key_hash_);
            if (!earlier) return;
            auto account = work.accounts.Find(earlier->account_id);
            auto code = work.codes.Find(earlier->code_id);
            if (account && code)
                again =
                    Registered{*account, work.accounts.AircraftRoles(account->id), *code, {}, true};
        });
        if (!again || !world_.passwords.Verify(again->account.password_hash, form_.password))
            return std::nullopt;
        if (sign_in_ == SignIn::kYes) {
            const FreshSession session =
                MakeSession(world_, again->account.id, origin_, form_.user_agent);
            const auto kept = world_.store.Transact([&](Work& work) -> Result<void> {
                work.sessions.Add(session.row);
                return {};
            });
            if (kept.ok()) again->session_token = session.token;
        }
        return again;
    }

    void Fill() {
        account_.username = Trim(form_.username);
        account_.name = Trim(form_.name.empty() ? code_->name : form_.name);
        account_.email = Trim(form_.email.empty() ? code_->email : form_.email);
        if (IsTimeZone(form_.time_zone)) account_.time_zone = form_.time_zone;
    }

    std::vector<FieldError> WrongFields() {
        std::vector<FieldError> errors;
        CheckUsername(account_.username, errors);
        CheckName(account_.name, errors);
        CheckEmail(account_.email, errors);
        CheckAddressAgainst(*code_, account_.email, errors);
        const auto verdict =
            JudgePassword(form_.password, account_.username, account_.email, account_.name);
        if (!verdict.reason.empty())
            errors.push_back({"password", verdict.reason, verdict.message});
        if (form_.password != form_.password_confirm)
            errors.push_back({"password_confirm", "password.differs", "The two passwords differ"});
        const auto is_wrong = [&](std::string_view field) {
            return std::ranges::find(errors, field, &FieldError::field) != errors.end();
        };
        const bool know_username = !is_wrong("username"), know_email = !is_wrong("email");
        if (know_username) account_.username_key = Fold(account_.username);
        if (know_email) account_.email_key = Fold(account_.email);
        world_.store.Read([&](Work& work) {
            if (know_username && work.accounts.FindByUsername(account_.username_key))
                errors.push_back({"username", "username.taken", "Username already exists"});
            if (know_email && work.accounts.FindByEmail(account_.email_key))
                errors.push_back({"email", "email.taken", "Email already exists"});
        });
        return errors;
    }

    Result<void> Store(Work& work) {
        const Millis now = world_.clock.Now();
        const Code code = TRY(Spend(world_, work, code_->id, now));
        if (IsBoundElsewhere(code, account_.email)) return InvalidInviteCode();
        const Catalogue& catalogue = world_.config.catalogue;
        const auto* role = catalogue.FindRole(code.role);
        Account account = account_;
        account.id = NewUuid(world_.random, now);
        account.role = code.role;
        account.task_group = code.task_group;
        account.is_superuser = role && role->reach == Reach::kEverything;
        account.joined_at = now;
        account.joined_with = code.id;
        account.brought_by_id = code.created_by_id;
        if (code.account_days) account.ends_at = now + *code.account_days * kDay;
        if (sign_in_ == SignIn::kYes) account.last_login_at = now;
        TRY(work.accounts.Add(account));
        AddAircraftRoles(work, catalogue, account.id, code.aircraft_roles, now);
        if (!code.email.empty()) work.scim.Join(code.id, account.id, now);  // HR-1: the same person
        TRY(work.redemptions.Add(MakeRedemption(code, account, key_hash_, now)));
        answer_ = {account, work.accounts.AircraftRoles(account.id), code, {}};
        if (sign_in_ == SignIn::kYes) {
            const FreshSession session = MakeSession(world_, account.id, origin_, form_.user_agent);
            work.sessions.Add(session.row);
            if (!form_.earlier_session_token.empty())
                work.sessions.End(world_.vault.Hash(Purpose::kSession, form_.earlier_session_token),
                                  now);
            answer_.session_token = session.token;
        }
        Event event = About(HappenedTo(EventKind::kAccountRegistered, origin_, now), code);
        event.actor_id = event.subject_id = account.id;
        event.actor_name = account.username;
        work.events.Append(
            With(std::move(event),
                 PairDetails({{"role", code.role},
                              {"task_group", code.task_group},
                              {"aircraft_roles", AccessSummary(code.aircraft_roles)}})));
        return {};
    }

    // Somebody was faster: with this name, or with the code's last use.
    Result<Registered> Explain(const Error& error) {
        if (error.reason == kHeldReason) return HoldCode(world_, code_->id).error();
        if (error.reason == "username.taken")
            return Refuse(InvalidFields({{"username", error.reason, "Username already exists"}}),
                          error.reason);
        if (error.reason == "email.taken")
            return Refuse(InvalidFields({{"email", error.reason, "Email already exists"}}),
                          error.reason);
        return Refuse(error, error.reason);
    }

    Result<Registered> Refuse(Error error, std::string_view reason) {
        // This very form may have been sent twice, and the other one was faster (REG-7).
        if (auto earlier = AnswerAgain()) return *std::move(earlier);
        RememberRefusal(world_, origin_, code_, reason);
        return error;
    }

    World& world_;
    const Origin& origin_;
    const RegistrationForm& form_;
    const SignIn sign_in_;
    std::string key_hash_;
    std::optional<Code> code_;
    bool vouched_ = false;
    Account account_;
    Registered answer_;
};

// Looks first, so that most refusals cost no transaction.
Result<Added> AddTo(const Actor& actor, World& world, const Presented& presented) {
    std::optional<Code> code;
    world.store.Read([&](Work& work) { code = FindPresented(work, presented); });
    if (const std::string why = WhyUnusable(code, world.clock.Now()); !why.empty()) {
        RememberRefusal(world, actor.origin, code, why);
        return InvalidInviteCode();
    }
    Added added;
    const auto stored = world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        const Code spent = TRY(Spend(world, work, code->id, now));
        const auto account = work.accounts.FindForUpdate(actor.account_id);
        if (!account) return InvalidInviteCode();
        std::vector<FieldError> errors;
        CheckAddressAgainst(spent, account->email, errors);
        if (!errors.empty()) return InvalidFields(std::move(errors));
        if (!spent.email.empty()) work.scim.Join(spent.id, account->id, now);
        TRY(work.redemptions.Add(MakeRedemption(spent, *account, {}, now)));
        AddAircraftRoles(work, world.config.catalogue, account->id, spent.aircraft_roles, now);
        added = {spent, work.accounts.AircraftRoles(account->id)};
        Event event = About(Happened(EventKind::kAccessAdded, actor, now), spent);
        event.subject_id = account->id;
        work.events.Append(
            With(std::move(event),
                 PairDetails({{"aircraft_roles", AccessSummary(spent.aircraft_roles)}})));
        return {};
    });
    if (stored.ok()) return added;
    if (stored.error().reason == kHeldReason) return HoldCode(world, code->id).error();
    if (stored.error().reason == "redemption.again")
        return Error{ErrorKind::kConflict, "redemption.again", "Conflict",
                     "You have used this invitation already"};
    return stored.error();
}

}  // namespace

Error InvalidInviteCode() {
    Error error{ErrorKind::kInvalid, "code.invalid", "Invalid invite code",
                "Check the code, or ask whoever invited you for a new one"};
    error.fields.push_back({"invite_code", "code.invalid", "Invalid invite code"});
    return error;
}

Result<Invitation> OpenInvitation(World& world, const Presented& presented) {
    std::optional<Code> code;
    std::string invited_by;
    world.store.Read([&](Work& work) {
        code = FindPresented(work, presented);
        if (!code) return;
        invited_by = code->created_by;
        const auto creator =
            code->created_by_id.empty() ? std::nullopt : work.accounts.Find(code->created_by_id);
        if (creator) invited_by = creator->name.empty() ? creator->username : creator->name;
    });
    if (!WhyUnusable(code, world.clock.Now()).empty()) return InvalidInviteCode();
    return Invitation{*std::move(code), std::move(invited_by)};
}

Result<Registered> Register(World& world, const Origin& origin, const RegistrationForm& form,
                            SignIn sign_in) {
    return Metered<Registered>(world.meter, UsedBy::kRegistration,
                               [&] { return Registering(world, origin, form, sign_in).Run(); });
}

Result<Added> AddAccess(Permit<kOwnAccount> permit, World& world, const Presented& presented) {
    return Metered<Added>(world.meter, UsedBy::kAccess,
                          [&] { return AddTo(permit.holder(), world, presented); });
}

Result<SubjectClaim> ClaimForSubject(Permit<kRedeem> permit, const World& world,
                                     std::string_view typed_code, std::string_view subject,
                                     std::string_view email) {
    const Actor& actor = permit.holder();
    std::vector<FieldError> errors;
    if (Trim(subject).empty() || !IsCleanText(subject, Lines::kOne) ||
        CountCharacters(subject) > kLongestSubject)
        errors.push_back({"subject", "subject.invalid",
                          "Subject is your name for the person: 1 to 200 characters on one line"});
    if (!email.empty()) CheckEmail(email, errors);
    if (!errors.empty()) return InvalidFields(std::move(errors));
    if (!IsCleanText(typed_code, Lines::kOne)) return InvalidInviteCode();
    SubjectClaim claim{NormalizeCode(typed_code), actor.account_id, std::string(subject),
                       std::string(email),        actor.username,   actor.origin.address,
                       actor.origin.request_id};
    if (actor.May(kCodesRead)) claim.may_know = ScopeOf(actor, world);
    return claim;
}

Result<std::vector<Redemption>> RedemptionsSince(Permit<kRedeem> permit, World& world,
                                                 RedemptionId after, std::size_t most) {
    const Millis now = world.clock.Now();
    std::vector<Redemption> redemptions;
    world.store.Read([&](Work& work) {
        redemptions = work.redemptions.ListSince(permit.holder().account_id, after, most, now);
    });
    return redemptions;
}

}  // namespace ostiary
