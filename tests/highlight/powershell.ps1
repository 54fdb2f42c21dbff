#Requires -Version 7
<# Creates
   a group #>
param([Parameter(Mandatory)][string]$Name, [int]$Count = 3)
function New-Thing($x) {
	$s = "Name: $Name, sum $($x.Length + 1) at $env:PATH`n"
	if ($x -eq $null -or $Count -gt 10KB) { return $true }
	Get-AzVM -ResourceGroupName $Name | Where-Object { $_.Name -like 'vm*' }
}
$text = @"
Here $Name "quoted"
"@
[System.IO.File]::WriteAllText("out.txt", $text)
Connect-AzAccount @args
az vm list --output table
