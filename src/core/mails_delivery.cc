#include "core/mails_delivery.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/alerts.h"
#include "core/codes.h"
#include "core/happenings.h"
#include "core/mails.h"
#include "core/notifications.h"
#include "core/password_reset.h"
#include "core/sessions.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr Millis kKeep = 90 * kDay;
constexpr std::size_t kDeletedAtOnce = 5000, kLostAtOnce = 100, kLooksAtOnce = 50;
constexpr std::size_t kAlertsInADigest = 20;
constexpr Millis kBetweenResets = 10 * kMinute;  // to one account, asked for by whoever

// What a stranger answered, on one line that can be kept and shown.
std::string Readable(std::string_view text) {
    std::string line(Trim(text.substr(0, kLongestMailReason)));
    for (char& c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    if (!IsCleanText(line, Lines::kOne))
        std::ranges::replace_if(
            line, [](char c) { return c < ' ' || c > '~'; }, '?');
    return line;
}

Event EventOf(Work& work, const Mail& mail, EventKind kind, Millis now) {
    Event event = HappenedTo(kind, {Door::kProgram, {}, {}}, now);
    if (const auto code = mail.code_id == 0 ? std::nullopt : work.codes.Find(mail.code_id))
        event = About(std::move(event), *code);
    if (!mail.account_id.empty()) event.subject_id = mail.account_id;
    if (event.subject_name.empty()) event.subject_name = mail.facts.about;
    if (event.subject_name.empty())
        if (const auto account = work.accounts.Find(mail.account_id))
            event.subject_name = account->username;
    std::vector<std::pair<std::string, std::string>> details = {
        {"recipient", mail.recipient}, {"mail", std::string(NameOf(mail.kind))}};
    if (!mail.reason.empty()) details.emplace_back("reason", mail.reason);
    return With(std::move(event), PairDetails(details));
}

// No more is done about it. Whoever reads the table later finds no link of a password reset there.
void Finish(Work& work, Mail& mail, MailState state, std::string reason, Millis now) {
    mail.state = state;
    mail.reason = std::move(reason);
    mail.done_at = now;
    if (mail.kind == MailKind::kPasswordReset) mail.facts = {};
    work.mails.Record(mail, "");
    work.events.Append(
        EventOf(work, mail,
                state == MailState::kSent ? EventKind::kMailSent : EventKind::kMailFailed, now));
    if (state != MailState::kSent) NotifyMailFailed(work, mail, now);
}

void MarkLost(Work& work, Millis now) {
    for (Mail& mail : work.mails.ListLost(now, kLostAtOnce))
        Finish(work, mail, MailState::kUnknown,
               "the sender was stopped before the mail server answered", now);
}

// ── What it says, as things are now ────────────────────────────────────────────────────────────

// A letter, or why there is none: a reason to give up, or an empty one to drop it quietly.
using Written = Result<Letter>;

Error Dropped() { return {ErrorKind::kConflict, ""}; }
Error GivenUp(std::string reason) { return {ErrorKind::kConflict, std::move(reason)}; }

Written WriteInvitation(Work& work, const World& world, const Mail& mail, Millis now) {
    const auto code = work.codes.Find(mail.code_id);
    if (!code || code->deleted_at) return GivenUp("the code was deleted");
    const CodeStatus status = StatusAt(*code, now);
    if (!IsUsable(status) && status != CodeStatus::kScheduled)
        return GivenUp("nobody can join with the code any more");
    if (code->email != mail.recipient) return GivenUp("the code got another address");
    return InvitationLetter(world.config, *code, mail.facts, mail.kind);
}

Written WriteReset(Work& work, World& world, Mail& mail, Millis now) {
    std::optional<Account> account;
    std::string token = mail.facts.token;
    if (token.empty()) {
        account = FindByLogin(work, mail.facts.login);
        if (!account || !account->IsActiveAt(now)) return Dropped();
        const bool is_known = mail.account_id == account->id;  // tried before
        if (!is_known &&
            work.mails.CountTo(account->id, MailKind::kPasswordReset, now - kBetweenResets) > 0)
            return Dropped();
        mail.recipient = account->email;
        mail.account_id = account->id;
        token = PutResetLink(work, world, *account, account->username);
    } else {
        account = work.accounts.Find(mail.account_id);
    }
    const auto reset = FindResetLink(work, world, token);
    if (!account || !account->IsActiveAt(now)) return GivenUp("the account cannot log in");
    if (!reset || reset->expires_at <= now) return GivenUp("the link does not work any more");
    Letter letter;
    letter.to_name = account->name;
    letter.username = account->username;
    letter.link = ResetUrl(world.config, token);
    letter.expires_at = reset->expires_at;
    letter.time_zone = account->time_zone;
    return letter;
}

// A maker is somebody of a portal, or was.
PortalId PortalFor(const Config& config, const Account& account) {
    const RoleEntry* role = config.catalogue.FindRole(account.role);
    if (account.is_superuser) return PortalId::kAdmin;
    return role && role->reach != Reach::kNone ? PortalId::kManager : PortalId::kManage;
}

Written WriteApproval(Work& work, const World& world, const Mail& mail, Millis now) {
    const auto code = work.codes.Find(mail.code_id);
    const auto account = work.accounts.Find(mail.account_id);
    const bool asks = mail.kind == MailKind::kApprovalAsked;
    if (!code || code->deleted_at || !account || !account->IsActiveAt(now)) return Dropped();
    if (asks && (code->approval != Approval::kPending || !account->is_superuser)) return Dropped();
    if (account->email != mail.recipient) return Dropped();
    Letter letter;
    letter.to_name = account->name;
    letter.sender = mail.facts.sender;
    letter.words = mail.facts.words;
    letter.time_zone = mail.facts.time_zone;
    letter.code = *code;
    letter.portal = PortalFor(world.config, *account);
    letter.link = world.config.BaseUrl();
    return letter;
}

Written WriteDigest(Work& work, const World& world, const Mail& mail, Millis now) {
    const auto account = work.accounts.Find(mail.account_id);
    if (!account || !account->IsActiveAt(now) || account->email != mail.recipient) return Dropped();
    const Actor actor = MakeActor(world.config.catalogue, *account, {Door::kProgram, {}, {}});
    Letter letter;
    letter.portal = PortalFor(world.config, *account);
    const Portal& portal = PortalOf(letter.portal);
    if (!actor.May(portal.permission)) return Dropped();
    AlertQuery query;
    query.scope = AlertScopeOf(actor, portal, world);
    query.page_size = kAlertsInADigest;
    letter.alerts = work.alerts.List(query, now);
    if (letter.alerts.empty()) return Dropped();
    letter.more_alerts = work.alerts.CountWaiting(query.scope, now, kMostAlertsCounted) -
                         static_cast<std::int64_t>(letter.alerts.size());
    letter.to_name = account->name;
    letter.time_zone = mail.facts.time_zone;
    letter.link = world.config.BaseUrl() + std::string(portal.home) + "alerts/";
    return letter;
}

// All of it was known when it was asked for, and the request may be gone.
Written WriteDecline(const World& world, const Mail& mail) {
    Letter letter;
    letter.to_name = mail.facts.to_name;
    letter.words = mail.facts.words;
    letter.link = world.config.BaseUrl() + "/request-invitation/";
    return letter;
}

Written Write(Work& work, World& world, Mail& mail, Millis now) {
    Written written = Dropped();
    switch (mail.kind) {
        case MailKind::kInvitation:
        case MailKind::kReminder: written = WriteInvitation(work, world, mail, now); break;
        case MailKind::kPasswordReset: written = WriteReset(work, world, mail, now); break;
        case MailKind::kAlertDigest: written = WriteDigest(work, world, mail, now); break;
        case MailKind::kRequestDeclined: written = WriteDecline(world, mail); break;
        default: written = WriteApproval(work, world, mail, now); break;
    }
    if (!written.ok()) return written;
    written.value().kind = mail.kind;
    written.value().written_at = now;
    written.value().language = mail.language.empty() ? world.config.mail_language : mail.language;
    return written;
}

std::string HostOf(const Config& config) {
    const std::string url = config.BaseUrl();
    const std::size_t from = url.find("//") + 2;
    return url.substr(from, url.find_first_of(":/", from) - from);
}

}  // namespace

std::optional<MailErrand> TakeMail(World& world, std::string_view lease) {
    const Millis now = world.clock.Now();
    bool is_due = false;
    world.store.Read([&](Work& work) { is_due = work.mails.IsAnyDue(now); });
    std::optional<MailErrand> errand;
    if (!is_due) return errand;
    world.store.Write([&](Work& work) {
        errand.reset();
        MarkLost(work, now);
        for (std::size_t looks = 0; looks < kLooksAtOnce; ++looks) {
            auto mail = work.mails.Claim(lease, now, now + kMailLease);
            if (!mail) return;
            auto letter = Write(work, world, *mail, now);
            if (letter.ok()) {
                work.mails.Record(*mail, lease);  // with whom it goes to
                const std::string key = fmt::format("{} {}", mail->id, mail->created_at);
                errand = MailErrand{
                    *std::move(mail), std::move(letter).value(),
                    world.vault.Hash(Purpose::kMailMessage, key) + "@" + HostOf(world.config)};
                return;
            }
            if (letter.error().reason.empty())
                work.mails.Delete(mail->id);
            else
                Finish(work, *mail, MailState::kFailed, letter.error().reason, now);
        }
    });
    return errand;
}

bool BeginHandover(World& world, std::string_view lease, std::int64_t id) {
    bool begun = false;
    world.store.Write([&](Work& work) {
        auto mail = work.mails.FindLeased(id, lease);
        begun = mail && mail->state == MailState::kQueued;
        if (!begun) return;
        mail->state = MailState::kSending;
        mail->due_at = world.clock.Now() + kMailLease;
        work.mails.Record(*mail, lease);
    });
    return begun;
}

void RecordMail(World& world, std::string_view lease, std::int64_t id, Handed handed,
                std::string_view reason) {
    world.store.Write([&](Work& work) {
        auto mail = work.mails.FindLeased(id, lease);
        if (!mail) return;  // taken over by somebody
        const Millis now = world.clock.Now();
        if (handed == Handed::kLater && mail->attempts <= static_cast<int>(kMailWaits.size())) {
            const Millis wait = kMailWaits[static_cast<std::size_t>(mail->attempts - 1)];
            const auto spread = static_cast<std::uint32_t>(wait / 5 + 1);
            mail->state = MailState::kQueued;
            mail->due_at = now + wait - wait / 10 + RandomBelow(world.random, spread);
            mail->reason = Readable(reason);
            work.mails.Record(*mail, "");
            return;
        }
        const MailState state = handed == Handed::kTaken     ? MailState::kSent
                                : handed == Handed::kUnclear ? MailState::kUnknown
                                                             : MailState::kFailed;
        Finish(work, *mail, state, handed == Handed::kTaken ? "" : Readable(reason), now);
    });
}

void HandBackMail(World& world, std::string_view lease, std::int64_t id) {
    world.store.Write([&](Work& work) {
        auto mail = work.mails.FindLeased(id, lease);
        if (!mail || mail->state != MailState::kQueued) return;
        --mail->attempts;
        mail->due_at = world.clock.Now();
        work.mails.Record(*mail, "");
    });
}

std::size_t DeleteOldMails(World& world) {
    const Millis now = world.clock.Now();
    std::size_t deleted = 0;
    world.store.Write(
        [&](Work& work) { deleted = work.mails.DeleteOld(now - kKeep, kDeletedAtOnce); });
    return deleted;
}

}  // namespace ostiary
