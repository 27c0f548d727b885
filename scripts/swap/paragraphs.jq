# Paragraphs in the place of sentences:  jq -c -f scripts/swap/paragraphs.jq records.jsonl | summarize
# jq writes numbers as it understands them: before 1.7 it rounds those of more than 17 digits.
if (.text | type) == "string" then
  .sentences = (
    [.text | match("[^\\s][^\\r\\n]*"; "g")
     | .offset as $start | (.string | sub("\\s+$"; "")) as $text
     | {start: $start, end: ($start + ($text | length)), text: $text}]
    | to_entries | map(.value + {paragraph: .key}))
else . end
