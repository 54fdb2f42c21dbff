#!/usr/bin/env bash
# Creates a resource group and a virtual network.
set -euo pipefail
readonly GROUP="rg-${USER:-demo}" LOCATION=westeurope
export AZURE_CORE_OUTPUT=table

az network vnet create --name vnet-1 --resource-group "$GROUP" \
	--address-prefixes 10.0.0.0/16 --tags env=test

id=$(az group show -n "$GROUP" --query id -o tsv 2>/dev/null) || exit 1
for subnet in app "data base"; do
	echo "creating $subnet in $(basename "$id") at $((1 + 2))"
done
case "$1" in
start) run_it & ;;
*) printf '%s\n' 'usage: it'\''s start' >&2 ;;
esac
cleanup() { rm -rf -- "$TMP"; }
cat <<-EOF | tee out.txt
	Hello $USER, <you> & "others"
	EOF
if [[ -n ${id#/} && $# -gt 0 ]]; then git commit -m "x"; fi
