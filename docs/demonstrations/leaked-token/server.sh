# An MCP server that lets a token slip: one tool returns it with what it read, the other names it in an error and in
# what belongs to the error. The token opens nothing. Run by a test through the packaged program; see ../leaked-token.md.
token=ghp_
token=${token}A1b2C3d4E5f6G7h8J9k0L1m2N3p4Q5r6S7t8
while IFS= read -r line; do
  id=${line#*'"id":'}
  id=${id%%,*}
  case "$line" in
    *'"method":"initialize"'*)
      answer='"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"builds","version":"1"}}' ;;
    *'"method":"tools/list"'*)
      answer='"result":{"tools":[{"name":"settings","inputSchema":{"type":"object"}},{"name":"publish","inputSchema":{"type":"object"}}]}' ;;
    *'"name":"settings"'*)
      answer="\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"export GITHUB_TOKEN=$token; export STAGE=test\"}]}" ;;
    *'"name":"publish"'*)
      answer="\"error\":{\"code\":-32603,\"message\":\"the token $token was refused\",\"data\":{\"header\":\"Bearer $token\"}}" ;;
    *) continue ;;
  esac
  printf '{"jsonrpc":"2.0","id":%s,%s}\n' "$id" "$answer"
done
