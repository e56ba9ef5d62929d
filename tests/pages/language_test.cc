// Sentences in the person's language (issue: words in one catalogue).

#include "pages/language.h"

#include <gtest/gtest.h>

#include "core/model.h"
#include "pages/words.h"
#include "util/sentence.h"

namespace ostiary::pages {
namespace {

struct Speaking {
    explicit Speaking(std::string_view tag) { Speak(tag); }
    ~Speaking() { Speak("en"); }
    Speaking(const Speaking&) = delete;
};

TEST(Language, IsTheChosenOneBeforeTheBrowsers) {
    EXPECT_EQ(ChooseLanguage("de", "en-GB,en;q=0.9"), "de");
    EXPECT_EQ(ChooseLanguage("", "de-AT, en;q=0.5"), "de");
    EXPECT_EQ(ChooseLanguage("", "fr-FR, fr;q=0.9, de;q=0.8, en;q=0.7"), "de");
    EXPECT_EQ(ChooseLanguage("", "de;q=0, en"), "en");
    EXPECT_EQ(ChooseLanguage("xx", ""), "en") << "a language we do not speak";
    EXPECT_EQ(ChooseLanguage("", "*, ;;,,"), "en") << "nonsense is no error";
}

TEST(Language, SaysNumbersAndPluralsItsOwnWay) {
    EXPECT_EQ(Ago(0, 2 * kMinute), "2 minutes ago");
    const Speaking german("de");
    EXPECT_EQ(Ago(0, kMinute), "vor 1 Minute");
    EXPECT_EQ(Ago(0, 2 * kMinute), "vor 2 Minuten");
    EXPECT_EQ(Ago(3 * kDay, 0), "in 3 Tagen");
    EXPECT_EQ(DayInWords(0, ""), "1. Jan. 1970");
}

TEST(Language, SaysErrorsOfTheCoreWithTheirNumbers) {
    const Sentence error = Say("A name has at most {} characters", 100);
    EXPECT_EQ(error, "A name has at most 100 characters");
    EXPECT_EQ(Said(error), error);
    const Speaking german("de");
    EXPECT_EQ(Said(error), "Ein Name hat höchstens 100 Zeichen");
    EXPECT_EQ(Said(Sentence("nobody has translated this")), "nobody has translated this");
    EXPECT_EQ(Said(Sentence("{} stays as it is")), "{} stays as it is")
        << "a text of somebody's own is no pattern";
}

TEST(Language, KeepsEveryLetterOfAnEnglishSentence) {
    EXPECT_EQ(T("{}–{} of “{}”…", 1, 20, "x"), "1–20 of “x”…");
    EXPECT_EQ(TN("{} café", "{} cafés", 2), "2 cafés");
    EXPECT_EQ(SayTemplate("en", "[[Choose…]]"), "Choose…");
}

TEST(Language, IsSpokenByTemplates) {
    EXPECT_EQ(SayTemplate("de", "<p>[[Name]]</p> {{NAME}} [[Email]]"),
              "<p>Name</p> {{NAME}} E-Mail");
    EXPECT_EQ(SayTemplate("en", "<p>[[Nobody has translated {{THIS}}]]</p>"),
              "<p>Nobody has translated {{THIS}}</p>");
    EXPECT_ANY_THROW(SayTemplate("en", "[[never closed"));
}

TEST(Language, HostileNamesAreNoPatterns) {
    Event event;
    event.kind = EventKind::kCodeCreated;
    event.actor_name = "{subject}{0}{}";
    event.subject_name = "{actor";
    EXPECT_EQ(EventSentence(event), "{subject}{0}{} created {actor");
}

}  // namespace
}  // namespace ostiary::pages
