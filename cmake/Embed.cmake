# sql/, templates/, words/ and web/ become constants in ${CMAKE_BINARY_DIR}/generated, so that the program is one file.
set(generated ${CMAKE_BINARY_DIR}/generated)

# embed(<header> FROM <folder> BY <script>): the header follows every file of the folder.
function(embed header)
  cmake_parse_arguments(EMBED "" "FROM;BY" "" ${ARGN})
  set(folder ${CMAKE_SOURCE_DIR}/${EMBED_FROM})
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${folder}/*)
  string(MD5 names "${files}")  # in the command, so that a deleted file is noticed too
  add_custom_command(
    OUTPUT ${generated}/${header}
    COMMAND ${CMAKE_COMMAND} -DIN_DIR=${folder} -DOUT=${generated}/${header} -DNAMES=${names}
            -P ${CMAKE_SOURCE_DIR}/cmake/${EMBED_BY}
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/${EMBED_BY}
    COMMENT "Embedding ${EMBED_FROM}/"
    VERBATIM)
endfunction()

embed(sql.h FROM sql BY EmbedSql.cmake)
embed(templates.h FROM templates BY EmbedFiles.cmake)
embed(embedded_words.h FROM words BY EmbedWords.cmake)

# web/ is bundled first: npm brings what web/package-lock.json names, esbuild makes one script and one style sheet of it.
find_program(NODE NAMES node nodejs REQUIRED)
find_program(NPM npm REQUIRED)
set(web ${CMAKE_SOURCE_DIR}/web)
set(modules ${web}/node_modules/.package-lock.json)
file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS ${web}/src/* ${web}/styles/* ${web}/assets/*)
list(APPEND web_sources ${web}/build.mjs ${web}/icons.txt ${web}/package.json)
add_custom_command(
  OUTPUT ${modules}
  COMMAND ${NPM} ci --no-audit --no-fund --loglevel=error
  COMMAND ${CMAKE_COMMAND} -E touch ${modules}
  DEPENDS ${web}/package-lock.json
  WORKING_DIRECTORY ${web}
  COMMENT "Fetching what web/package-lock.json names"
  VERBATIM)
add_custom_command(
  OUTPUT ${generated}/assets.h
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${generated}/web
  COMMAND ${NODE} ${web}/build.mjs ${generated}/web
  COMMAND ${CMAKE_COMMAND} -DIN_DIR=${generated}/web -DOUT=${generated}/assets.h
          -P ${CMAKE_SOURCE_DIR}/cmake/EmbedAssets.cmake
  DEPENDS ${modules} ${web_sources} ${CMAKE_SOURCE_DIR}/cmake/EmbedAssets.cmake
  COMMENT "Bundling and embedding web/"
  VERBATIM)

add_custom_target(embedded DEPENDS ${generated}/sql.h ${generated}/templates.h ${generated}/assets.h ${generated}/embedded_words.h)
