#include "pages/mails.h"

#include "core/alerts.h"
#include "pages/alerts_views.h"
#include "pages/codes_looks.h"
#include "pages/language.h"
#include "pages/render.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

constexpr std::string_view kFoot = "\n--\n";  // what follows is about the mail itself

// What this thread speaks while it is there.
class Speaking {
public:
    explicit Speaking(std::string_view tag) : before_(Spoken()) { Speak(tag); }
    ~Speaking() { Speak(before_); }
    Speaking(const Speaking&) = delete;

private:
    const std::string_view before_;
};

std::string_view NounOf(MailKind kind) {
    switch (kind) {
        case MailKind::kInvitation:
        case MailKind::kReminder: return "mail/invitation";
        case MailKind::kPasswordReset: return "mail/password_reset";
        case MailKind::kApprovalAsked: return "mail/approval_asked";
        case MailKind::kApproved:
        case MailKind::kRejected: return "mail/verdict";
        case MailKind::kAlertDigest: return "mail/alert_digest";
        case MailKind::kRequestDeclined: return "mail/request_declined";
        case MailKind::kCount: break;
    }
    std::abort();
}

std::string ButtonOf(MailKind kind) {
    switch (kind) {
        case MailKind::kInvitation:
        case MailKind::kReminder: return T("Accept the invitation");
        case MailKind::kPasswordReset: return T("Choose a new password");
        case MailKind::kAlertDigest: return T("Look at the alerts");
        default: return T("Look at the code");
    }
}

// Paragraphs, and the lines of each.
void SetWords(View& view, const std::string& words) {
    view.Set("MESSAGE", words).List("WORDS");
    View* paragraph = nullptr;
    std::size_t from = 0;
    while (from < words.size()) {
        const std::size_t end = std::min(words.find('\n', from), words.size());
        const std::string_view line = Trim(std::string_view(words).substr(from, end - from));
        from = end + 1;
        if (line.empty()) {
            paragraph = nullptr;
            continue;
        }
        if (paragraph == nullptr) paragraph = &view.Add("WORDS");
        paragraph->Add("LINES").Set("LINE", line);
    }
}

std::string MomentWithZone(Millis at, std::string_view zone) {
    return MomentInWords(at, zone) + " (" + ZoneName(zone) + ")";
}

void SetCodeWords(View& view, const Config& config, const Letter& letter) {
    const Code code = letter.code.value_or(Code{});
    const bool has_code = letter.code.has_value();
    view.Set("CODE_LABEL", has_code ? NameOf(code) : "");
    view.Set("CODE_EYE", has_code ? CodeForTheEye(code.shown) : "");
    view.Set("INVITED_AS", has_code ? InvitedAs(config.catalogue, code) : "");
    view.Set("GRANTS", has_code ? GrantsInShort(config.catalogue, code.role, code.task_group,
                                                code.aircraft_roles)
                                : "");
}

void SetAlerts(View& view, const Letter& letter) {
    view.List("ALERTS");
    for (const Alert& alert : letter.alerts)
        view.Add("ALERTS")
            .Set("ALERT_TITLE", AlertTitle(alert.kind))
            .Set("ALERT_SUBJECT", AlertSubject(alert))
            .Set("WHY", Said(WhyAlerted(alert, letter.written_at)));
    const auto all = static_cast<std::int64_t>(letter.alerts.size()) + letter.more_alerts;
    view.Set("ALERTS_WAIT", TN("{} alert waits for you", "{} alerts wait for you", all));
    view.Set("MORE", letter.more_alerts > 0 ? T("And {} more.", letter.more_alerts) : "");
}

// An invitation leads to registering, a word about a code to its page.
std::string LinkOf(const Letter& letter) {
    if (!letter.code) return letter.link;
    if (letter.kind == MailKind::kInvitation || letter.kind == MailKind::kReminder)
        return letter.link;
    return letter.link + CodePath(PortalOf(letter.portal), letter.code->id);
}

View ViewOf(const Config& config, const Letter& letter) {
    View view(NounOf(letter.kind));
    const bool invites = letter.kind == MailKind::kInvitation || letter.kind == MailKind::kReminder;
    view.Set("LANG", Spoken()).Set("SITE_NAME", config.site_name);
    view.Set("TO_NAME", letter.to_name).Set("SENDER", letter.sender);
    if (!invites && letter.sender.empty()) view.Set("SENDER", T("An administrator"));
    view.Set("USERNAME", letter.username);
    view.Set("LINK", LinkOf(letter)).Set("BUTTON", ButtonOf(letter.kind));
    view.Set("REGISTER_URL", config.BaseUrl() + "/register/");
    view.Flag("IS_REMINDER", letter.kind == MailKind::kReminder)
        .Flag("IS_APPROVED", letter.kind == MailKind::kApproved)
        .Flag("IS_AUTOMATIC", !invites);
    const auto until = letter.code ? letter.code->expires_at : letter.expires_at;
    view.Set("UNTIL", until ? MomentWithZone(*until, letter.time_zone) : "");
    SetAlerts(view, letter);
    SetWords(view, letter.words);
    SetCodeWords(view, config, letter);
    return view;
}

// At most one empty line between two others.
std::string Tidied(const std::string& text) {
    std::string tidy;
    for (const char c : text)
        if (c != '\n' || !tidy.ends_with("\n\n")) tidy += c;
    return tidy + "\n";
}

void AddMails(View& view, const Scene& scene, const std::vector<Mail>& mails) {
    view.List("MAILS");
    for (const Mail& mail : mails) {
        const Badge badge = BadgeOf(mail);
        View& row = view.Add("MAILS");
        row.Set("MAIL_TONE", badge.tone).Set("MAIL_ICON", badge.icon).Set("MAIL_STATE", badge.word);
        row.Set("MAIL_TO", mail.recipient).Set("MAIL_REASON", mail.reason);
        row.Set("MAIL_BY", mail.created_by);
        row.Flag("IS_UNKNOWN", mail.state == MailState::kUnknown);
        row.Flag("IS_WAITING", mail.state == MailState::kQueued && mail.attempts > 0);
        SetMoment(row, "WHEN", mail.done_at.value_or(mail.created_at), scene);
    }
}

std::string ButtonFor(const std::vector<Mail>& mails, std::string_view address) {
    bool was_sent = false, was_tried = false;
    for (const Mail& mail : mails)
        if (mail.recipient == address) {
            was_sent = was_sent || mail.state == MailState::kSent;
            was_tried = true;
        }
    if (was_sent) return T("Remind");
    return was_tried ? T("Send again") : T("Send invitation");
}

}  // namespace

MailText ComposeMail(const Config& config, const Letter& letter) {
    const Speaking speaking(letter.language);
    const View view = ViewOf(config, letter);
    const std::string name(view.template_name());
    MailText mail;
    mail.subject = Trim(RenderFile(name + ".subject", view));
    mail.text = Tidied(RenderFile(name + ".txt", view));
    mail.html = RenderFile(name + ".html", view);
    return mail;
}

Badge BadgeOf(const Mail& mail) {
    switch (mail.state) {
        case MailState::kQueued:
            return mail.attempts > 0 ? Badge{"warning", "hourglass", T("Will be tried again")}
                                     : Badge{"pending", "hourglass", T("On its way")};
        case MailState::kSending: return {"pending", "hourglass", T("On its way")};
        case MailState::kSent: return {"active", "check", T("Sent")};
        case MailState::kFailed: return {"revoked", "close", T("Failed")};
        case MailState::kUnknown: return {"warning", "alert", T("Perhaps sent")};
        case MailState::kHeld: return {"pending", "hourglass", T("Waits for approval")};
    }
    std::abort();
}

void SetMailCard(View& view, const Scene& scene, const Code& code, const std::vector<Mail>& mails,
                 std::string_view typed_words) {
    const CodeStatus status = StatusAt(code, scene.now);
    const bool usable = IsUsable(status) || status == CodeStatus::kScheduled;
    const bool may = scene.May(Permission::kCodesWrite) && !IsRedacted(code);
    view.Flag("MAIL_CARD", may && !code.email.empty() && (usable || !mails.empty()));
    view.Flag("MAIL_USABLE", usable);
    view.Flag("MAIL_ON", scene.config.SendsMail())
        .Flag("MAIL_HALF", !scene.config.SendsMail() && !scene.config.mail_server.empty());
    const bool on_its_way = !mails.empty() && IsOnItsWay(mails.front());
    view.Flag("MAIL_BUSY", on_its_way);
    view.Set("MAIL_URL", CodePath(*scene.portal, code.id) + "mail/")
        .Set("MAIL_BUTTON", ButtonFor(mails, code.email));
    AddMails(view, scene, mails);
    MailFacts facts;
    if (scene.actor) facts.sender = scene.actor->name;
    facts.time_zone = scene.time_zone;
    facts.words = typed_words;
    const bool repeats = !mails.empty() && mails.front().state != MailState::kSent;
    if (typed_words.empty() && repeats) facts.words = mails.front().facts.words;
    view.Set("MAIL_WORDS", facts.words);
    Letter letter = InvitationLetter(scene.config, code, facts, MailKind::kInvitation);
    letter.language = Spoken();
    const MailText text = may ? ComposeMail(scene.config, letter) : MailText{};
    // Whoever sends it themselves does not say that the program did.
    view.Set("MAIL_SUBJECT", text.subject)
        .Set("MAIL_TEXT", text.text.substr(0, text.text.find(kFoot)));
}

}  // namespace ostiary::pages
