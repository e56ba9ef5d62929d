// BULK-2: what an import does not do, however it is asked.

#include <thread>

#include "import_house.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

class ImportBounds : public ImportHouse {};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, ImportBounds, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

// SEC-3: a file is looked at as often as one likes, and holds a hundred thousand guesses.
TEST_P(ImportBounds, AManagerLearnsNothingOfOthersCodesFromAFile) {
    const auto code = house.Create(R"({"code": "HERONS23", "label": "Ada's own"})", "ada");
    const Answer looked = Import("code\nHERONS23\nFREEONE7\n", "?dry_run=1", "max");
    EXPECT_THAT(ErrorsOf(looked), ElementsAre("2 code code.not_yours", "3 code code.not_yours"));
    EXPECT_THAT(ErrorsOf(Import("code\nHERONS23\n", "?dry_run=1", "ada")),
                ElementsAre("2 code code.taken"));
}

TEST_P(ImportBounds, OfARowWithVeryManyErrorsTheFirstAreNamed) {
    std::string cell;
    for (int i = 0; i < 50; ++i) cell += fmt::format("{}X{}:pilot", i == 0 ? "" : ",", i);
    const Answer looked = Import("label,aircraft_roles\nSpring,\"" + cell + "\"\n", "?dry_run=1");
    EXPECT_EQ(looked.Number("refused"), 1);
    EXPECT_THAT(ErrorsOf(looked), SizeIs(5));
}

TEST_P(ImportBounds, ADraftThatWasBegunIsNotBegunAgain) {
    const Actor ada = house.ActorOf("ada");
    const auto permit = ada.Ask<Permission::kCodesWrite>().value();
    const DoorRules rules = ApiRules(ada, house.world);
    ImportAsked asked;
    asked.again = true;  // so that a second time would make them twice
    const std::string id =
        KeepImport(permit, house.world, asked, SourceOf("label\nSpring\nAutumn\n")).value();
    ASSERT_TRUE(RunKeptImport(permit, house.world, rules, id).ok());
    const auto twice = RunKeptImport(permit, house.world, rules, id);
    EXPECT_EQ(twice.error().reason, "import.ended");

    const std::string other =
        KeepImport(permit, house.world, asked, SourceOf("label\nWinter\n")).value();
    std::vector<std::thread> clicks;
    for (int i = 0; i < 4; ++i)
        clicks.emplace_back([&] { (void)RunKeptImport(permit, house.world, rules, other); });
    for (std::thread& click : clicks) click.join();
    EXPECT_THAT(Codes(), SizeIs(3));
}

}  // namespace
}  // namespace ostiary
