using System;
#region main
namespace Course.Net;

/// <summary>One.</summary>
public sealed record Hop(string Name, int Cost = 1);

public class Program : IDisposable
{
    private readonly List<Hop> hops = new();

    public static async Task Main(string[] args)
    {
        var path = @"C:\temp\""x""";
        var name = $"hop {args.Length + 1:D2} of {{all}}\n";
        char c = '\n';
        if (args is null || name != "x") throw new ArgumentException(nameof(args));
        foreach (var hop in hops.Where(h => h.Cost >= 0b11 && h.Name != null))
            await Console.Out.WriteLineAsync($@"{hop.Name} in {path}");
    }
}
#endregion
