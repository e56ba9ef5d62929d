#include "core/mails.h"

#include <algorithm>

#include "core/accounts.h"
#include "core/authority.h"
#include "core/code_changes.h"
#include "core/happenings.h"
#include "util/mailbox.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kLookedBack = 50;
// To one approver; what waits beside is told in the pages alone.
constexpr std::int64_t kMostQuestionsAnHour = 20;

Error MailConflict(std::string reason, Sentence details) {
    return {ErrorKind::kConflict, std::move(reason), "Conflict", std::move(details)};
}

// Who asked, and what is known of them as the mail wants it.
Mail AskedBy(const Actor& actor, MailKind kind, Millis now) {
    Mail mail;
    mail.kind = kind;
    mail.created_by_id = actor.account_id;
    mail.created_by = actor.username;
    mail.created_at = mail.due_at = now;
    if (!actor.account_id.empty()) mail.facts.sender = actor.name;
    mail.facts.time_zone = actor.time_zone;
    return mail;
}

Event Mailed(const Actor& actor, const Code& code, const Mail& mail, Millis now) {
    return With(
        About(Happened(EventKind::kCodeMailed, actor, now), code),
        PairDetails({{"recipient", mail.recipient}, {"mail", std::string(NameOf(mail.kind))}}));
}

std::vector<Mail> HeldOf(Work& work, CodeId id) {
    auto mails = work.mails.ListOfCode(id, kLookedBack);
    std::erase_if(mails, [](const Mail& mail) { return mail.state != MailState::kHeld; });
    return mails;
}

std::string KeyOf(std::string_view account_id) { return "no mails to " + std::string(account_id); }

}  // namespace

Result<void> CheckSendsMail(const Config& config) {
    switch (config.WhatMailLacks()) {
        case MailLack::kNothing: return {};
        case MailLack::kServer:
            return MailConflict("mail.off",
                                "No mail server is configured; copy the text and send it yourself");
        case MailLack::kFrom:
            return MailConflict("mail.off",
                                "No mail can be sent until mail.from is configured; copy the text");
        case MailLack::kBaseUrl:
            return MailConflict(
                "mail.off",
                "No mail can be sent until base_url is configured, since it holds a link");
    }
    return {};
}

Result<void> CheckMailWords(std::string_view words) {
    if (CountCharacters(words) <= kLongestMailWords && IsCleanText(words, Lines::kMany)) return {};
    return InvalidFields({{"message", "message.long",
                           Say("A message has at most {} characters", kLongestMailWords)}});
}

Result<void> CheckMailable(const Code& code, Millis now) {
    if (code.email.empty())
        return MailConflict("mail.no_address",
                            "This code is bound to no address; give it one first");
    if (!EmailAddress::Parse(code.email))
        return MailConflict("mail.address", "Mail servers do not take this address; copy the text");
    const CodeStatus status = StatusAt(code, now);
    if (!IsUsable(status) && status != CodeStatus::kScheduled)
        return MailConflict("mail.code", "Nobody can join with this code as it is");
    return {};
}

bool MayBeMailed(const Code& code, Millis now) {
    if (code.approval != Approval::kPending) return CheckMailable(code, now).ok();
    return EmailAddress::Parse(code.email).has_value();
}

Result<void> CheckMailAllowance(Work& work, const Actor& actor, std::size_t more, Millis now) {
    const std::int64_t sent = work.mails.CountBy(actor.account_id, now - kHour);
    if (sent + static_cast<std::int64_t>(more) <= kMostMailsEachHour) return {};
    return Error{ErrorKind::kTooMany,
                 "mail.often",
                 "Too many mails",
                 Say("At most {} mails an hour; you have sent {} already, so wait a little",
                     kMostMailsEachHour, sent),
                 {},
                 static_cast<int>(kHour / 4 / kSecond)};
}

Mail QueueInvitation(Work& work, const World& world, const Actor& actor, const Code& code,
                     MailKind kind, std::string_view words, std::string_view language) {
    const Millis now = world.clock.Now();
    Mail mail = AskedBy(actor, kind, now);
    mail.facts.words = words;
    mail.recipient = code.email;
    mail.language = language;
    mail.code_id = code.id;
    if (code.approval == Approval::kPending) mail.state = MailState::kHeld;
    mail.id = work.mails.Add(mail);
    if (mail.state == MailState::kQueued) work.events.Append(Mailed(actor, code, mail, now));
    return mail;
}

void SettleHeldMails(Work& work, const Actor& actor, const Code& code, Millis now) {
    if (code.approval != Approval::kApproved) return DropHeldMails(work, code.id);
    for (Mail& mail : HeldOf(work, code.id)) {
        mail.state = MailState::kQueued;
        mail.due_at = now;
        work.mails.Record(mail, "");
        work.events.Append(Mailed(actor, code, mail, now));
    }
}

void DropHeldMails(Work& work, CodeId id) {
    for (const Mail& mail : HeldOf(work, id)) work.mails.Delete(mail.id);
}

bool IsOnItsWay(const Mail& mail) {
    return mail.state == MailState::kQueued || mail.state == MailState::kSending;
}

std::string_view NameOf(MailState state) {
    switch (state) {
        case MailState::kQueued: return "queued";
        case MailState::kSending: return "sending";
        case MailState::kSent: return "sent";
        case MailState::kFailed: return "failed";
        case MailState::kUnknown: return "unknown";
        case MailState::kHeld: return "held";
    }
    std::abort();
}

Letter InvitationLetter(const Config& config, const Code& code, const MailFacts& facts,
                        MailKind kind) {
    Letter letter;
    letter.kind = kind;
    letter.to_name = code.name;
    letter.sender = facts.sender;
    letter.words = facts.words;
    letter.time_zone = facts.time_zone;
    letter.link = RegistrationUrl(config, code);
    letter.code = code;
    return letter;
}

Result<Mail> SendInvitation(Permit<kCodesWrite> permit, World& world, const CodeScope& scope,
                            CodeId id, std::string_view words, std::string_view language) {
    const Actor& actor = permit.holder();
    words = Trim(words);
    TRY(CheckMailWords(words));
    TRY(CheckSendsMail(world.config));
    Mail mail;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        const auto code = work.codes.FindForUpdate(id);  // of two clicks, one waits
        if (!code || code->deleted_at || !IsWithin(scope, *code)) return CodeNotFound();
        const Catalogue& catalogue = world.config.catalogue;
        Code seen = *code;
        RedactFor(AuthorityOfActor(work, catalogue, actor), catalogue, actor, seen);
        if (IsRedacted(seen)) return Actor::Denied();
        TRY(CheckMailable(*code, now));
        const auto earlier = work.mails.ListOfCode(id, kLookedBack);
        const auto invites = [&](const Mail& one) {
            return one.recipient == code->email &&
                   (one.kind == MailKind::kInvitation || one.kind == MailKind::kReminder);
        };
        if (std::ranges::any_of(earlier,
                                [&](const Mail& one) { return invites(one) && IsOnItsWay(one); }))
            return MailConflict("mail.under_way", "A mail to this address is on its way already");
        TRY(CheckMailAllowance(work, actor, 1, now));
        const bool was_sent = std::ranges::any_of(earlier, [&](const Mail& one) {
            return invites(one) && one.state == MailState::kSent;
        });
        mail = QueueInvitation(work, world, actor, *code,
                               was_sent ? MailKind::kReminder : MailKind::kInvitation, words,
                               language);
        return {};
    }));
    return mail;
}

Result<std::vector<Mail>> MailsOf(Permit<kCodesRead> permit, World& world, const CodeScope& scope,
                                  CodeId id, std::size_t most) {
    const Code code = TRY(GetCode(permit, world, scope, id));
    std::vector<Mail> mails;
    if (IsRedacted(code)) return mails;
    world.store.Read([&](Work& work) { mails = work.mails.ListOfCode(id, most); });
    std::erase_if(mails, [](const Mail& mail) {
        return mail.kind != MailKind::kInvitation && mail.kind != MailKind::kReminder;
    });
    return mails;
}

void MailApprovers(Work& work, const World& world, const Actor& actor, const Code& code,
                   std::span<const Account> approvers) {
    if (!world.config.SendsMail()) return;
    const Millis now = world.clock.Now();
    for (const Account& account : approvers) {
        if (!EmailAddress::Parse(account.email) || !TakesMails(work, account.id)) continue;
        const MailKind kind = MailKind::kApprovalAsked;
        if (work.mails.CountTo(account.id, kind, now - kHour) >= kMostQuestionsAnHour) continue;
        Mail mail = AskedBy(actor, kind, now);
        mail.created_by_id.clear();  // nobody's allowance is used up by what they did not ask for
        mail.facts.time_zone = account.time_zone;
        mail.recipient = account.email;
        mail.account_id = account.id;
        mail.code_id = code.id;
        work.mails.Add(mail);
    }
}

void MailVerdict(Work& work, const World& world, const Actor& actor, const Code& code) {
    if (!world.config.SendsMail() || code.created_by_id.empty() ||
        code.created_by_id == actor.account_id)
        return;
    const auto maker = work.accounts.Find(code.created_by_id);
    const Millis now = world.clock.Now();
    if (!maker || !maker->IsActiveAt(now) || !EmailAddress::Parse(maker->email) ||
        !TakesMails(work, maker->id))
        return;
    const bool approved = code.approval == Approval::kApproved;
    Mail mail = AskedBy(actor, approved ? MailKind::kApproved : MailKind::kRejected, now);
    mail.created_by_id.clear();
    mail.facts.words = code.approval_reason;
    mail.facts.time_zone = maker->time_zone;
    mail.recipient = maker->email;
    mail.account_id = maker->id;
    mail.code_id = code.id;
    work.mails.Add(mail);
}

void MailDecline(Work& work, const World& world, const Actor& actor,
                 const InvitationRequest& request) {
    Mail mail = AskedBy(actor, MailKind::kRequestDeclined, world.clock.Now());
    mail.facts.words = request.reason;
    mail.facts.to_name = request.name;
    mail.facts.about = "#" + std::to_string(request.id);
    mail.recipient = request.email;
    mail.language = request.language;
    work.mails.Add(mail);
}

bool MailResetLink(Work& work, const World& world, const Actor& actor, const Account& account,
                   std::string_view token) {
    if (!world.config.SendsMail() || !EmailAddress::Parse(account.email)) return false;
    Mail mail = AskedBy(actor, MailKind::kPasswordReset, world.clock.Now());
    mail.facts.token = token;
    mail.facts.time_zone = account.time_zone;
    mail.recipient = account.email;
    mail.account_id = account.id;
    work.mails.Add(mail);
    return true;
}

void MailWhoeverForgot(Work& work, const World& world, std::string_view login,
                       std::string_view language) {
    if (!world.config.SendsMail()) return;
    Mail mail;
    mail.kind = MailKind::kPasswordReset;
    mail.created_at = world.clock.Now();
    mail.facts.login = login;
    mail.language = language;
    work.mails.Add(mail);
}

void MailDigest(Work& work, const World& world, const Account& account) {
    Mail mail;
    mail.kind = MailKind::kAlertDigest;
    mail.created_at = mail.due_at = world.clock.Now();
    mail.facts.time_zone = account.time_zone;
    mail.recipient = account.email;
    mail.account_id = account.id;
    work.mails.Add(mail);
}

bool TakesMails(Work& work, std::string_view account_id) {
    return work.facts.Get(KeyOf(account_id)).value_or("").empty();
}

bool TakesMails(Permit<kOwnAccount> permit, World& world) {
    bool takes = true;
    world.store.Read([&](Work& work) { takes = TakesMails(work, permit.holder().account_id); });
    return takes;
}

Result<void> SetTakesMails(Permit<kOwnAccount> permit, World& world, TakeMails wanted) {
    const Actor& actor = permit.holder();
    return world.store.Transact([&](Work& work) -> Result<void> {
        const auto account = work.accounts.FindForUpdate(actor.account_id);
        const bool yes = wanted == TakeMails::kYes;
        if (!account || TakesMails(work, actor.account_id) == yes) return {};
        work.facts.Set(KeyOf(actor.account_id), yes ? "" : "1");
        work.events.Append(
            With(About(Happened(EventKind::kAccountEdited, actor, world.clock.Now()), *account),
                 DifferenceDetails({{"mails", yes ? "off" : "on", yes ? "on" : "off"}})));
        return {};
    });
}

}  // namespace ostiary
