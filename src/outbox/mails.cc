#include "outbox/mails.h"

#include <fmt/format.h>

#include "outbox/smtp_client.h"
#include "util/failure.h"
#include "util/log.h"
#include "util/mailbox.h"

namespace ostiary::outbox {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr auto kBetweenLooks = 300ms;
constexpr auto kPauseAfterFailure = 2s;
constexpr auto kPatienceAtEnd = 5s;

// A person wrote it, or the program did by itself (RFC 3834).
bool IsAutomatic(MailKind kind) {
    return kind != MailKind::kInvitation && kind != MailKind::kReminder;
}

SmtpMessage MessageOf(const Config& config, const MailErrand& errand, const EmailAddress& to,
                      const MailText& text, Millis now) {
    const Mailbox from = *ParseMailbox(config.mail_from);
    SmtpMessage message{from.address, to, {}, text.text, text.html};
    message.headers = {"Date: " + DateText(now), "From: " + MailboxText(from),
                       "To: " + MailboxText({errand.letter.to_name, to}),
                       "Subject: " + SubjectText(text.subject),
                       "Message-ID: <" + errand.message_id + ">"};
    if (IsAutomatic(errand.mail.kind))
        message.headers.emplace_back("Auto-Submitted: auto-generated");
    return message;
}

// Servers like to repeat what they did not like. Links and codes are no business of whoever reads
// the log or the table.
std::string WithoutSecrets(std::string reason, const Letter& letter) {
    std::vector<std::string> secrets = {letter.link};
    if (letter.code) {
        secrets.push_back(letter.code->token);
        secrets.push_back(letter.code->code);
        secrets.push_back(letter.code->shown);
    }
    const std::size_t end = letter.link.find_last_not_of('/');
    if (!letter.code && end != std::string::npos) {
        const std::size_t slash = letter.link.rfind('/', end);
        secrets.push_back(letter.link.substr(slash + 1, end - slash));
    }
    for (const std::string& secret : secrets)
        for (std::size_t at = 0;
             !secret.empty() && (at = reason.find(secret, at)) != std::string::npos; ++at)
            reason.replace(at, secret.size(), "*");
    return reason;
}

std::string_view WhyNothingIsSent(MailLack lack) {
    return lack == MailLack::kFrom ? "mail.server is set, but mail.from is not: nothing is sent"
                                   : "mail.server is set, but base_url is not: links in mails "
                                     "would lead nowhere, so nothing is sent";
}

}  // namespace

MailSender::MailSender(World& world, Composer compose)
    : world_(world),
      compose_(std::move(compose)),
      lease_(NewUuid(world.random, world.clock.Now())) {
    const MailLack lack = world.config.WhatMailLacks();
    if (lack == MailLack::kNothing)
        thread_ = std::thread([this] { Run(); });
    else if (lack != MailLack::kServer)
        log::Warn("mail", WhyNothingIsSent(lack));
}

MailSender::~MailSender() {
    Stop();
    if (thread_.joinable()) thread_.join();
}

void MailSender::Stop() {
    {
        const std::scoped_lock lock(mutex_);
        if (!stopping_) stop_asked_at_ = Steady::now().time_since_epoch().count();
        stopping_ = true;
    }
    wake_.notify_all();
}

void MailSender::Sleep(std::chrono::milliseconds most) {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, most, [this] { return stopping_.load(); });
}

void MailSender::Run() {
    while (!stopping_) {
        try {
            if (!SendOne()) Sleep(kBetweenLooks);
        } catch (const WorldFailure& failure) {
            log::Warn("mail", fmt::format("will be tried again: {}", failure.what()));
            Sleep(kPauseAfterFailure);
        }
    }
}

bool MailSender::MustStop(bool begun) const {
    if (!stopping_) return false;
    const Steady::time_point since{Steady::duration(stop_asked_at_)};
    return !begun || Steady::now() - since > kPatienceAtEnd;
}

bool MailSender::SendOne() {
    const auto errand = TakeMail(world_, lease_);
    if (!errand) return false;
    const std::int64_t id = errand->mail.id;
    const auto to = EmailAddress::Parse(errand->mail.recipient);
    if (!to) {
        Record(id, Handed::kRefused, "mail servers do not take this address");
        return true;
    }
    const MailText text = compose_(world_.config, errand->letter);
    bool begun = false;
    const SmtpAsks asks = {
        .may_begin =
            [&] {
                try {
                    return begun = BeginHandover(world_, lease_, id);
                } catch (const WorldFailure& failure) {  // must not travel through libcurl
                    log::Warn("mail", fmt::format("mail {} waits: {}", id, failure.what()));
                    return false;
                }
            },
        .must_stop = [&] { return MustStop(begun); }};
    const SmtpAnswer answer = SendBySmtp(
        world_.config, MessageOf(world_.config, *errand, *to, text, world_.clock.Now()), asks);
    if (stopping_ && !begun)
        HandBackMail(world_, lease_, id);
    else
        Record(id, answer.handed, WithoutSecrets(answer.reason, errand->letter));
    return true;
}

// What came of it must be kept, or nobody knows. Whoever has to stop before it is leaves the mail
// to be found as unclear.
void MailSender::Record(std::int64_t id, Handed handed, const std::string& reason) {
    for (;;) {
        try {
            RecordMail(world_, lease_, id, handed, reason);
            break;
        } catch (const WorldFailure& failure) {
            log::Warn("mail",
                      fmt::format("what came of mail {} is not kept yet: {}", id, failure.what()));
            if (stopping_) return;
            Sleep(kPauseAfterFailure);
        }
    }
    if (handed == Handed::kTaken)
        log::Info("mail", fmt::format("mail {} was sent", id));
    else
        log::Warn("mail", fmt::format("mail {} {}: {}", id,
                                      handed == Handed::kLater     ? "will be tried again"
                                      : handed == Handed::kRefused ? "was refused"
                                                                   : "may have been sent or not",
                                      reason));
}

void DeleteMails(World& world) {
    const std::size_t deleted = DeleteOldMails(world);
    if (deleted > 0) log::Info("outbox", fmt::format("deleted {} old mails", deleted));
}

}  // namespace ostiary::outbox
