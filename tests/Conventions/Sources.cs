using Dunning.Local;

namespace Dunning.Tests.Conventions;

/// <summary>The sources of <c>functions/</c>, and its compiled types.</summary>
public static class Sources
{
    private static readonly Lazy<IReadOnlyList<SourceFile>> _functions = new(() =>
        [
            .. Directory
                .EnumerateFiles(FunctionsFolder, "*.cs", SearchOption.AllDirectories)
                .Select(path => (path, below: Path.GetRelativePath(FunctionsFolder, path).Replace('\\', '/')))
                .Where(file => file.below.Split('/')[0] is not ("bin" or "obj"))
                .Select(file => new SourceFile(file.below, File.ReadAllText(file.path))),
        ]
    );

    /// <summary>The names of the Razor components: each is a type that only the compiler writes in C#.</summary>
    public static IReadOnlyList<string> Components { get; } =
    [
        .. Directory
            .EnumerateFiles(FunctionsFolder, "*.razor", SearchOption.AllDirectories)
            .Select(path => Path.GetFileNameWithoutExtension(path)),
    ];

    public static string FunctionsFolder => Path.Combine(Repository.Root, "functions");

    public static IReadOnlyList<SourceFile> Functions => _functions.Value;

    /// <summary>
    /// The types of <c>functions/</c>, including those that the compiler generated for lambdas and async methods.
    /// </summary>
    public static IEnumerable<Type> CompiledTypes =>
        typeof(Queues).Assembly.GetTypes().Where(type => IsProduct(type.Namespace));

    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    public static bool IsProduct(string? space) => IsIn("Dunning", space) && !IsIn("Dunning.Local", space);

    private static bool IsIn(string outer, string? space) =>
        space == outer || space?.StartsWith(outer + ".", StringComparison.Ordinal) == true;
}
