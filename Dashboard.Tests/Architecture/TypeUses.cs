using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;

namespace Dashboard.Architecture;

/// <summary>
/// The types that a type uses in its signatures, its attributes, its bases and the code of its methods, read from the compiled assembly.
/// </summary>
internal static class TypeUses
{
    private const BindingFlags Own =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly FrozenDictionary<short, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToFrozenDictionary(code => code.Value);

    public static HashSet<Type> Of(Type type)
    {
        var uses = new HashSet<Type>();
        Add(uses, [type.BaseType, .. type.GetInterfaces(), .. type.GetCustomAttributesData().Select(attribute => attribute.AttributeType)]);
        foreach (var member in type.GetMembers(Own))
        {
            AddMember(uses, member);
            if (member is MethodBase method)
            {
                AddBody(uses, method);
            }
        }

        return uses;
    }

    private static void AddMember(HashSet<Type> uses, MemberInfo member)
    {
        Add(uses, member.DeclaringType);
        Add(uses, member switch
        {
            Type type => [type],
            FieldInfo field => [field.FieldType],
            MethodInfo method =>
                [method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType),
                    .. method.GetGenericArguments()],
            ConstructorInfo constructor => [.. constructor.GetParameters().Select(parameter => parameter.ParameterType)],
            _ => [],
        });
    }

    private static void AddBody(HashSet<Type> uses, MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return;
        }

        Add(uses,
            [.. body.LocalVariables.Select(local => local.LocalType),
                .. body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
                    .Select(clause => clause.CatchType)]);
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        foreach (var token in Tokens(body.GetILAsByteArray()!))
        {
            AddMember(uses, method.Module.ResolveMember(token, typeArguments, methodArguments)!);
        }
    }

    /// <summary>The metadata tokens of types, fields and methods in the code of a method.</summary>
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at];
            var operation = Codes[value];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok
                or OperandType.InlineType)
            {
                yield return BitConverter.ToInt32(code, at);
            }

            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static void Add(HashSet<Type> uses, params IEnumerable<Type?> types)
    {
        foreach (var type in types.OfType<Type>())
        {
            if (type.HasElementType)
            {
                Add(uses, type.GetElementType());
            }
            else if (!type.IsGenericParameter
                && uses.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type) | type.IsConstructedGenericType)
            {
                Add(uses, type.IsConstructedGenericType ? type.GetGenericArguments() : []);
            }
        }
    }
}
