# A network.
terraform {
  required_version = ">= 1.5"
}

variable "names" {
  type    = list(string)
  default = ["hub", "spoke"] // two
}

resource "azurerm_virtual_network" "all" {
  for_each            = toset(var.names)
  name                = "vnet-${each.key}-${length(var.names) > 1 ? "a" : "b"}"
  address_space       = [cidrsubnet("10.0.0.0/8", 8, index(var.names, each.key))]
  resource_group_name = data.azurerm_resource_group.main.name
  enabled             = true && !false

  /* tags of
     all */
  tags = { for k, v in local.tags : k => upper(v) if v != null }
}
