// NTFY-1: what mails say, of every kind and in every language, with kind and with hostile facts.

#include "pages/mails.h"

#include <gmock/gmock.h>

#include "pages/language.h"
#include "pages/render.h"
#include "pages/samples.h"

namespace ostiary::pages {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr Millis kNow = 1'760'000'000'000;

Letter LetterOf(MailKind kind, const std::string& words) {
    Letter letter;
    letter.kind = kind;
    letter.to_name = letter.sender = letter.username = words;
    letter.words = words + "\n" + words + "\n\n" + words;
    letter.link = "https://invite.example.org/register/s0me-T0ken/";
    letter.expires_at = kNow;
    if (kind == MailKind::kPasswordReset) return letter;
    if (kind == MailKind::kAlertDigest) {
        for (std::size_t alert = 0; alert < kAlertKinds.size(); ++alert) {
            Alert& one = letter.alerts.emplace_back();
            one.kind = static_cast<AlertKind>(alert);
            one.subject_name = one.reason = words;
            one.amount = 9, one.compared = 100, one.minutes = 5;
        }
        letter.more_alerts = 3;
        return letter;
    }
    Code code;
    code.id = 7;
    code.code = code.shown = "ABC12345";
    code.token = "s0me-T0ken";
    code.label = words;
    code.role = "staff";
    code.task_group = "cleaning";
    code.expires_at = kNow;
    letter.code = code;
    return letter;
}

void ForEveryMail(const std::string& words, const std::function<void(const MailText&)>& look) {
    Config config;
    config.site_name = words;
    for (const Language& language : Languages())
        for (std::size_t kind = 0; kind < kMailKinds.size(); ++kind) {
            SCOPED_TRACE(std::string(language.tag) + " " + std::string(kMailKinds[kind]));
            Letter letter = LetterOf(static_cast<MailKind>(kind), words);
            letter.language = language.tag;
            look(ComposeMail(config, letter));
        }
}

TEST(MailTemplates, NTFY1SayTheSameInBothTextsAndLackNothing) {
    ForEveryMail("Spring pilots", [](const MailText& mail) {
        EXPECT_THAT(mail.subject, Not(IsEmpty()));
        EXPECT_THAT(mail.subject, Not(HasSubstr("\n")));
        for (const std::string& body : {mail.text, mail.html}) {
            EXPECT_THAT(body, HasSubstr("https://invite.example.org/register/s0me-T0ken/"));
            EXPECT_THAT(body, HasSubstr("Spring pilots"));
            EXPECT_THAT(body, Not(HasSubstr("{{")));
            EXPECT_THAT(body, Not(HasSubstr("[[")));
        }
        EXPECT_THAT(mail.text, Not(HasSubstr("<p>")));
        EXPECT_THAT(mail.html, HasSubstr("</html>"));
    });
}

TEST(MailTemplates, NTFY1HostileWordsStayWords) {
    ForEveryMail(HostileWords(), [](const MailText& mail) {
        EXPECT_THAT(mail.html, Not(HasSubstr("<script>alert")));
        EXPECT_THAT(mail.html, Not(HasSubstr("<img")));
        EXPECT_THAT(mail.html, Not(HasSubstr("\"'>")));
    });
}

TEST(MailTemplates, NTFY1SpeakTheLanguageOfWhoeverGetsThemAndThenTheOneOfBefore) {
    Speak("en");
    Letter letter = LetterOf(MailKind::kInvitation, "Ada");
    letter.language = "de";
    EXPECT_THAT(ComposeMail({}, letter).html, HasSubstr("<html lang=\"de\">"));
    EXPECT_EQ(Spoken(), "en");
    letter.language = "xx";
    EXPECT_THAT(ComposeMail({}, letter).html, HasSubstr("<html lang=\"en\">"));
}

}  // namespace
}  // namespace ostiary::pages
