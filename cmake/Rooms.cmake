# Nine rooms. Each links only the rooms it may see; tests/tidy_test.cc reads every #include for the same arrows.
include(cmake/Embed.cmake)

# What nearly every file includes, compiled once. Nothing of our own and no library stands in it.
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/precompiled.cc CONTENT "")  # a library must have a file
add_library(precompiled OBJECT ${CMAKE_BINARY_DIR}/precompiled.cc)
target_precompile_headers(precompiled PRIVATE
  <algorithm> <array> <chrono> <condition_variable> <cstdint> <functional> <map> <memory> <mutex> <optional> <span>
  <string> <string_view> <thread> <unordered_map> <utility> <variant> <vector>)

function(room name)
  cmake_parse_arguments(ROOM "" "" "SEES;USES;GENERATED" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cc)
  list(FILTER sources EXCLUDE REGEX "(_test|/main)\\.cc$")
  add_library(${name} STATIC ${sources})
  foreach(header IN LISTS ROOM_GENERATED)
    target_sources(${name} PRIVATE ${generated}/${header})
  endforeach()
  target_precompile_headers(${name} REUSE_FROM precompiled)
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR}/src PRIVATE ${generated})
  target_link_libraries(${name} PUBLIC ${ROOM_SEES} PRIVATE ${ROOM_USES})
endfunction()

room(util
  USES PkgConfig::SODIUM ${ZXCVBN} ICU::uc ICU::i18n ICU::data date::date date::date-tz fmt::fmt spdlog::spdlog
       PkgConfig::TOMLPLUSPLUS ${CSV} ${QRCODEGENCPP} Threads::Threads)
room(core SEES util USES Boost::json Boost::url fmt::fmt)
room(store SEES core util GENERATED sql.h
  USES SQLite::SQLite3 PostgreSQL::PostgreSQL fmt::fmt Boost::json Threads::Threads)
room(http SEES core util GENERATED assets.h
  USES Boost::headers Boost::url Boost::json PkgConfig::CGICC ZLIB::ZLIB fmt::fmt Threads::Threads)
room(pages SEES http core util GENERATED templates.h embedded_words.h
  USES PkgConfig::CTEMPLATE Boost::json Boost::locale fmt::fmt date::date-tz)
room(api SEES http core util USES Boost::json fmt::fmt)
room(outbox SEES core util USES CURL::libcurl fmt::fmt Threads::Threads)
room(cli SEES core util USES CLI11::CLI11 Boost::json fmt::fmt)
room(app SEES pages api outbox cli store http core util USES PkgConfig::PROMETHEUS Boost::json fmt::fmt Threads::Threads)

add_executable(ostiary src/app/main.cc)
target_precompile_headers(ostiary REUSE_FROM precompiled)
target_link_libraries(ostiary PRIVATE app)
set_target_properties(ostiary PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
