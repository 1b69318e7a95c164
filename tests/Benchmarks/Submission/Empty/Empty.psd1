@{ ModuleVersion = '1.0'; GUID = '0d5b5d3e-7a0c-4a3a-9d4b-7d3f5b1c8e21'; RootModule = 'Empty.psm1'; FunctionsToExport = @(); CmdletsToExport = @(); AliasesToExport = @() }
