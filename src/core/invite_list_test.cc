#include "core/invite_list.h"

#include <gmock/gmock.h>

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "email=name" of each, in order.
std::vector<std::string> People(std::string_view text) {
    std::vector<std::string> people;
    for (const Invitee& person : ReadInvitees(text).people)
        people.push_back(person.email + "=" + person.name);
    return people;
}
std::vector<std::string> Odd(std::string_view text) {
    std::vector<std::string> odd;
    for (const OddEntry& entry : ReadInvitees(text).odd)
        odd.push_back(std::to_string(entry.line) + " " + entry.text);
    return odd;
}

TEST(ReadInvitees, BULK3TakesWhatPeoplePaste) {
    EXPECT_THAT(People("ann@example.org\nbob@example.org\r\n\n  cec@example.org  "),
                ElementsAre("ann@example.org=", "bob@example.org=", "cec@example.org="));
    EXPECT_THAT(People("Ann Amsel <ann@example.org>, bob@example.org; <cec@example.org>"),
                ElementsAre("ann@example.org=Ann Amsel", "bob@example.org=", "cec@example.org="));
    EXPECT_THAT(People("\xEF\xBB\xBF"
                       "ann@example.org"),
                ElementsAre("ann@example.org="));
}

TEST(ReadInvitees, BULK3TakesTheCellsOfASpreadsheetWithTheNameOnEitherSide) {
    EXPECT_THAT(People("Name\tEmail\nAnn Amsel\tann@example.org\nBob\tbob@example.org"),
                ElementsAre("ann@example.org=Ann Amsel", "bob@example.org=Bob"));
    EXPECT_THAT(People("ann@example.org;Ann\nbob@example.org;Bob"),
                ElementsAre("ann@example.org=Ann", "bob@example.org=Bob"));
    EXPECT_THAT(People("\"Amsel, Ann\",\"ann@example.org\""),
                ElementsAre("ann@example.org=Amsel, Ann"));
    EXPECT_THAT(People("ann@example.org, Ann, bob@example.org, Bob"),
                ElementsAre("ann@example.org=Ann", "bob@example.org=Bob"));
}

TEST(ReadInvitees, BULK3KeepsEachAddressOnceAndSaysHowManyWereAgain) {
    const InviteeList list =
        ReadInvitees("ann@example.org\nAnn <ANN@example.org>\nann@example.org, bob@example.org");
    EXPECT_EQ(list.people.size(), 2u);
    EXPECT_EQ(list.repetitions, 2);
    EXPECT_THAT(list.odd, IsEmpty());
}

TEST(ReadInvitees, BULK3NamesTheLineOfWhatIsNoAddress) {
    EXPECT_THAT(Odd("ann@example.org\n\nann at example.org\nbob@, cec@example.org"),
                ElementsAre("3 ann at example.org", "4 bob@"));
    EXPECT_THAT(Odd("Ann, Bob, cec@example.org"), ElementsAre("1 Ann"));
    EXPECT_THAT(People("jürgen@example.org"), IsEmpty()) << "many mail servers do not take it";
    EXPECT_THAT(Odd("ann@example.org\nBcc: eve@example.org\x01"), testing::SizeIs(1));
}

TEST(ReadInvitees, BULK3OfNothingIsNothing) {
    EXPECT_THAT(People(""), IsEmpty());
    EXPECT_THAT(Odd(" \n\t\n,,;"), IsEmpty());
}

}  // namespace
}  // namespace ostiary
