# sql/, templates/, words/ and web/ become constants in ${CMAKE_BINARY_DIR}/generated, so that the program is one file.
set(generated ${CMAKE_BINARY_DIR}/generated)

# embed(<header> FROM <folder> BY <script>): the header follows every file of the folder.
function(embed header)
  cmake_parse_arguments(EMBED "" "FROM;BY" "" ${ARGN})
  set(folder ${CMAKE_SOURCE_DIR}/${EMBED_FROM})
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${folder}/*)
  list(FILTER files EXCLUDE REGEX "/node_modules/")
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
embed(assets.h FROM web/assets BY EmbedAssets.cmake)
embed(embedded_words.h FROM words BY EmbedWords.cmake)

add_custom_target(embedded DEPENDS ${generated}/sql.h ${generated}/templates.h ${generated}/assets.h ${generated}/embedded_words.h)
